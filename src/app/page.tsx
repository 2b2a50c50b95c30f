/** The page: two views, the question, three columns, the overview. */
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { messageOf } from '../state/error-message';
import { pairCurrent, posesRevealed } from '../state/selectors';
import { roomPixelsLoad } from '../scene/room-pixels';
import type { ViewName } from '../state/page-defaults';
import type { Mode } from '../state/url-codec';
import { isPartShown, type PagePart } from '../state/page-parts';
import { useT } from '../ui/i18n/use-t';
import type { ObjectChoice } from '../ui/object-choice';
import { PageHeader } from '../ui/page-header';
import { Trouble } from '../ui/trouble';
import { CameraTools } from './camera-tools';
import { camerasRest } from './cameras-rest';
import { Catch, Deferred } from './deferred';
import { EmbedFoot } from './embed-foot';
import { exploreDrawAny } from './explore-draw';
import { LiveRegion } from './live-region';
import { ModelColumn } from './model-column';
import { Notices } from './notices';
import { ObjectMenu } from './object-menu';
import { overviewLook } from './overview-look';
import { QuestionRow } from './question-row';
import { useAppState, useServices } from './services';
import { SideColumn } from './side-column';
import { TruthColumn } from './truth-column';
import { Ambiguity } from './use-ambiguity';
import { useFocusKept } from './use-focus-kept';
import { useKeys } from './use-keys';
import { useLast } from './use-last';
import { useOverview } from './use-overview';
import { useOwnObjects } from './use-own-objects';
import { usePageEffects } from './use-page-effects';
import { useSharing } from './use-sharing';
import { useTheme } from './use-theme';
import { useTour } from './use-tour';
import { ViewColumn } from './view-column';
import { YouColumn } from './you-column';

/** three.js and the room that objects mirror are fetched at once, but the page's shell does not wait for them. */
const scene = Promise.all([import('../scene/scene-canvas'), roomPixelsLoad()]);
const PairsSettings = lazy(() => import('./pairs-settings').then((file) => ({ default: file.PairsSettings })));
const SceneCanvas = lazy(() => scene.then(([{ SceneCanvas: canvas }]) => ({ default: canvas })));

export interface PageProps {
  readonly hasWebGl: boolean;
  readonly objects: readonly ObjectChoice[];
  /** Both views show their object for the first time. */
  readonly onReady: () => void;
}

export function Page({ hasWebGl, objects, onReady }: PageProps) {
  const t = useT();
  const services = useServices();
  const { store, live, motion, library, graphics } = services;
  usePageEffects(services);

  const mode = useAppState(({ view }) => view.mode);
  const objectId = useAppState(({ view }) => view.objectId);
  const objectStatus = useAppState(({ view }) => view.object);
  const pair = useAppState(pairCurrent);
  const guessPairKey = useAppState(({ guess }) => guess.pair?.key ?? null);
  const isRevealed = useAppState(posesRevealed);
  const theme = useAppState(({ settings }) => settings.theme);
  const language = useAppState(({ settings }) => settings.language);
  const singleKeys = useAppState(({ settings }) => settings.singleKeys);
  const themeInForce = useTheme(theme);
  const shape = useAppState(({ settings }) => settings.shape);
  const shows = (part: PagePart): boolean => isPartShown(shape, part);
  const hasTools = mode === 'explore' && shows('tools');
  const cardCount = (['you', 'model', 'truth'] as const).filter(shows).length;
  const sharing = useSharing();
  const tour = useTour();
  const [isPairsOpen, setPairsOpen] = useState(false);
  const menu = useMemo(
    () => [
      { id: 'pairs', label: t('pairs.open'), onSelect: () => setPairsOpen(true) },
      ...sharing.menu,
      tour.menuEntry,
    ],
    [t, sharing.menu, tour.menuEntry],
  );
  // Here rather than in the header, which may be hidden: without it a dropped file would open in place of the page.
  const own = useOwnObjects();

  const [canvasA, setCanvasA] = useState<HTMLCanvasElement | null>(null);
  const [canvasB, setCanvasB] = useState<HTMLCanvasElement | null>(null);
  const [canvasOverview, setCanvasOverview] = useState<HTMLCanvasElement | null>(null);
  const canvases = useMemo(() => ({ a: canvasA, b: canvasB }), [canvasA, canvasB]);
  const [contextLosses, setContextLosses] = useState(0);
  const [isContextLost, setContextLost] = useState(false);
  /** Why the pictures cannot be drawn at all, although the browser could. */
  const [sceneProblem, setSceneProblem] = useState<string | null>(null);
  const hasPictures = hasWebGl && !isContextLost && sceneProblem === null;

  const ready = objectStatus.kind === 'ready' ? library.loaded(objectStatus.id) : null;
  const scenes = useMemo(
    () => (ready && pair ? { object: ready, specs: { a: pair.a.scene, b: pair.b.scene } } : null),
    [ready, pair],
  );
  // While another object loads, the last one stays behind the shimmer: without it the canvas would lose its context and shaders.
  const shown = useLast(scenes);
  const look = useMemo(() => overviewLook(themeInForce), [themeInForce]);

  const overview = useOverview(mode, guessPairKey);

  const newPair = useCallback(() => {
    const { view, guess } = store.getState();
    if (view.mode === 'guess') {
      guess.next();
      return;
    }
    exploreDrawAny(services);
  }, [services, store]);
  useKeys(services, hasPictures, newPair);
  useFocusKept();

  const modeChoose = useCallback(
    (mode: Mode) => {
      camerasRest(services);
      store.getState().view.modeSet(mode);
    },
    [services, store],
  );

  const drawn = useCallback(
    (name: ViewName) => {
      if (name !== 'b') return;
      const { view, guess } = store.getState();
      // In Explore a pair lies ready too, but nobody sees it yet: its clock must not run.
      if (view.mode === 'guess' && guess.pair) guess.shown(guess.pair.key);
      onReady();
    },
    [store, onReady],
  );
  const contextLost = useCallback(() => setContextLost(true), []);
  const contextRestore = useCallback(() => {
    setContextLost(false);
    setContextLosses((count) => count + 1);
  }, []);
  // The first loss mends itself; after that the person decides, because the machine may be short of memory.
  useEffect(() => {
    if (!isContextLost || contextLosses > 0) return;
    const timer = setTimeout(contextRestore, 900);
    return () => clearTimeout(timer);
  }, [isContextLost, contextLosses, contextRestore]);

  const objectName = objects.find(({ id }) => id === objectId)?.name ?? objectId;
  return (
    <Ambiguity>
      {shows('header') && (
        <PageHeader
          mode={mode}
          picker={<ObjectMenu objects={objects} own={own} />}
          language={language}
          theme={theme}
          singleKeys={singleKeys}
          onMode={modeChoose}
          onLanguage={(next) => store.getState().settings.languageSet(next)}
          onTheme={(next) => store.getState().settings.themeSet(next)}
          onSingleKeys={(next) => store.getState().settings.singleKeysSet(next)}
          onNewPair={newPair}
          onShare={sharing.share}
          menu={menu}
        />
      )}
      <Notices />
      <main
        className="page"
        data-mode={mode}
        data-embed={shape.isEmbedded}
        data-side={shows('overview') ? 'overview' : 'none'}
      >
        {!hasWebGl && (
          <Trouble title={t('error.webgl.title')} what={t('error.webgl.what')} remedy={t('error.webgl.do')} />
        )}
        {isContextLost && (
          <Trouble
            title={t('error.context.title')}
            what={t('error.context.what')}
            remedy={t('error.context.do')}
            onRemedy={contextRestore}
          />
        )}
        {sceneProblem !== null && (
          <Trouble
            title={t('error.scene.title')}
            what={t('error.scene.what')}
            quote={sceneProblem}
            remedy={t('error.page.do')}
            onRemedy={() => window.location.reload()}
          />
        )}
        {hasWebGl && (
          <>
            <ViewColumn name="a" objectName={objectName} canvasRef={setCanvasA} />
            <ViewColumn name="b" objectName={objectName} canvasRef={setCanvasB} />
          </>
        )}
        {hasTools && !shows('overview') && <CameraTools />}
        <QuestionRow hasPictures={hasPictures} onNewPair={newPair} />
        <div className="cards" data-cards={cardCount}>
          {shows('you') && <YouColumn onTour={tour.start} />}
          {shows('model') && <ModelColumn />}
          {shows('truth') && <TruthColumn onFigure={overview.figureShow} />}
        </div>
        {shows('overview') && (
          <SideColumn
            canvasRef={setCanvasOverview}
            hasTools={hasTools}
            isFromAbove={overview.isFromAbove}
            onAbove={overview.aboveToggle}
            onReplay={overview.replay}
            onTurn={overview.turn}
          />
        )}
      </main>
      {!shows('header') && <EmbedFoot />}
      {sharing.dialog}
      {isPairsOpen && (
        <Deferred onFailed={() => setPairsOpen(false)}>
          <PairsSettings objectName={objectName} onClose={() => setPairsOpen(false)} />
        </Deferred>
      )}
      {own.parts}
      <LiveRegion objectName={objectName} />
      {shown && hasPictures && (
        <Catch onFailed={(error) => setSceneProblem(messageOf(error))}>
          <Suspense>
            <SceneCanvas
              key={contextLosses}
              object={shown.object}
              live={live}
              motion={motion}
              canvases={canvases}
              specs={shown.specs}
              overview={isRevealed ? { canvas: canvasOverview, look, ...overview } : null}
              onGraphics={graphics.share}
              onDrawn={drawn}
              onContextLost={contextLost}
            />
          </Suspense>
        </Catch>
      )}
    </Ambiguity>
  );
}
