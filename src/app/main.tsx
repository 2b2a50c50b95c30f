/** Composition root: reads address and storage, creates engine, store and services, draws the page. */
import '@fontsource-variable/inter';
import '../ui/styles/index.css';
import { useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useStore } from 'zustand';
import { createWorkerEngine } from '../inference/client';
import { appStoreCreate } from '../state/app-state';
import { messageOf } from '../state/error-message';
import { languageFromTags } from '../state/language';
import { cameraMotionCreate } from '../state/camera-motion';
import { liveOrbitsCreate } from '../state/live-orbits';
import { isPartShown } from '../state/page-parts';
import { PRESET_SEEDS } from '../state/preset-pairs';
import { hasScored, STORAGE_KEY, storedRead } from '../state/storage-codec';
import { urlRead } from '../state/url-codec';
import { HTML_LANG, speechAdopt, speechLast, speechLoad, type Speech } from '../ui/i18n/languages';
import { translator } from '../ui/i18n/translate';
import { TranslateContext } from '../ui/i18n/use-t';
import { MESHES_URL, MODEL_URL } from './assets';
import { ErrorBoundary } from './error-boundary';
import { flightsCreate } from './flights';
import { lookAlikesCreate } from './look-alikes';
import { modelStart } from './model-start';
import { offlineStart } from './offline';
import { firstListed, isDealt, objectChoices, objectLibraryCreate, type ListedObject } from './object-library';
import { ownObjectsCreate } from './own-objects';
import { Page } from './page';
import { pairCaptureCreate } from './pair-capture';
import { seedDraw } from './seed-draw';
import { ServicesContext, useAppState, type Services } from './services';
import { sharedGraphicsCreate, type PictureSources } from './shared-graphics';

function storageText(): string | null {
  try {
    return window.localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

/** Browsers keep some sixteen contexts; the one that only asks is given back. */
function hasWebGl2(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2');
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return gl !== null;
}

function servicesCreate(): Services {
  const own = ownObjectsCreate();
  const library = objectLibraryCreate(MESHES_URL, own);
  const sources: PictureSources = { library, graphics: sharedGraphicsCreate() };
  const { state: url, issues } = urlRead(window.location.search);
  const stored = storedRead(storageText());
  const store = appStoreCreate(
    {
      engine: createWorkerEngine({ modelUrl: MODEL_URL }),
      capture: pairCaptureCreate(sources),
      now: () => performance.now(),
    },
    {
      url,
      issues,
      stored,
      systemLanguage: languageFromTags(navigator.languages),
      // The model's answers to the first pairs are there before the model is.
      seed: hasScored(stored.score) ? seedDraw() : seedDraw(PRESET_SEEDS),
    },
  );
  const start = { azimuthDeg: 0, elevationDeg: 10, distanceM: 5 };
  const live = liveOrbitsCreate({ a: start, b: start });
  const motion = cameraMotionCreate(live);
  const isMotionReduced = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  return {
    store,
    ...sources,
    live,
    motion,
    own,
    isMotionReduced,
    lookAlikes: lookAlikesCreate(sources, motion),
    flights: flightsCreate(live, isMotionReduced),
  };
}

const services = servicesCreate();

function readyTell(): void {
  document.documentElement.dataset['ready'] = 'views';
}

function viewsReady(): void {
  if (document.documentElement.dataset['ready']) return;
  readyTell();
  const start = (): void => void modelStart(services.store, MODEL_URL);
  // The pictures come first; the model takes what is left of the connection.
  void offlineStart(services.store);
  // Where the model is left out, nobody would see its answer.
  if (!isPartShown(services.store.getState().settings.shape, 'model')) return;
  if ('requestIdleCallback' in window) window.requestIdleCallback(start, { timeout: 1500 });
  else setTimeout(start, 200);
}

const FIRST_LISTED = firstListed(MESHES_URL);
/** Asked for before anything is drawn: until it is here, objects but the first go by their ids. */
const listComing = services.library.list();

/** The wanted language, once its messages are here; until then the one before. */
function useSpeech(): Speech {
  const wanted = useAppState(({ settings }) => settings.language);
  const [speech, setSpeech] = useState(speechLast);
  useEffect(() => {
    if (wanted === speech.language) return;
    let isWanted = true;
    speechLoad(wanted).then(
      (loaded) => isWanted && setSpeech(speechAdopt(loaded)),
      (error: unknown) => {
        if (!isWanted) return;
        // The wish is kept for the next visit; this one goes on in the language that is here.
        services.store.getState().view.noticeAdd({ kind: 'part', message: messageOf(error) });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [wanted, speech]);
  return speech;
}

function App() {
  const [listed, setListed] = useState<readonly ListedObject[]>(FIRST_LISTED);
  const { language, messages } = useSpeech();
  const t = useMemo(() => translator(messages), [messages]);
  const own = useStore(services.own.list);
  const objects = useMemo(() => objectChoices(listed, own, language), [listed, own, language]);
  useEffect(() => {
    document.documentElement.lang = HTML_LANG[language];
    document.title = t('app.name');
  }, [language, t]);
  useEffect(() => {
    void listComing.then((list) => {
      if (list.length > 0) setListed(list);
      services.store.getState().view.objectIdsSet(list.filter(isDealt).map(({ id }) => id));
    });
  }, []);
  return (
    <TranslateContext value={t}>
      <Page hasWebGl={hasWebGl} objects={objects} onReady={viewsReady} />
    </TranslateContext>
  );
}

const hasWebGl = hasWebGl2();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root');
function pageRender(container: HTMLElement): void {
  createRoot(container).render(
    <ErrorBoundary>
      <ServicesContext value={services}>
        <App />
      </ServicesContext>
    </ErrorBoundary>,
  );
  // Without pictures there is nothing to wait for, and nothing that the model could look at.
  if (!hasWebGl) readyTell();
}

/** A language that takes longer comes in after the page. */
const SPEECH_WAIT_MS = 3000;

// In the person's language from the first word on; where it does not come, the page says so in English.
void Promise.race([
  speechLoad(services.store.getState().settings.language).then(speechAdopt),
  new Promise((resolve) => setTimeout(resolve, SPEECH_WAIT_MS)),
])
  .catch(() => undefined)
  .then(() => pageRender(root));
