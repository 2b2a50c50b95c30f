/** Which object stands there, in which mode, and where Explore's cameras rest. */
import type { SceneSpec } from '../core/scene-spec';
import type { Vec3 } from '../core/vec3';
import type { AppState, SliceContext } from './app-state';
import { isGuessOver } from './guess-slice';
import type { ItemReason } from './item-reason';
import type { ObjectProblem } from './object-problem';
import { DEFAULT_OBJECT_ID, orbitClamp, orbitsDefault, type Orbits, type ViewName } from './page-defaults';
import { HISTORY_EMPTY, historyPush, historyStep, type OrbitHistory } from './orbit-history';
import { exploreScene, isExploreScene, itemScene } from './page-scene';
import { pairFromOrbits, pairGiven, type GivenOptions, type Pair } from './pair';
import type { PageFamilyId } from '../questions/page-families';
import { placeAddressed, type Mode, type OverviewView, type UrlIssue } from './url-codec';

export type ObjectStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly id: string; readonly framingPoints: readonly Vec3[] }
  | { readonly kind: 'failed'; readonly id: string };

export type Notice =
  | { readonly kind: 'url'; readonly issues: readonly UrlIssue[] }
  | { readonly kind: 'object'; readonly objectId: string; readonly problem: ObjectProblem }
  /** The browser refuses to keep a person's own object for the next visit. */
  | { readonly kind: 'own-not-kept'; readonly name: string }
  /** A part of the page did not come. */
  | { readonly kind: 'part'; readonly message: string }
  /** A file that was opened as an item and is none. */
  | { readonly kind: 'item'; readonly file: string; readonly reason: ItemReason };

/** Light, background and ground of the two views. */
export type Scenes = Readonly<Record<ViewName, SceneSpec>>;

export interface ViewSlice {
  readonly mode: Mode;
  readonly objectId: string;
  /** Somebody chose the object, so that new pairs keep it. */
  readonly objectPinned: boolean;
  readonly objectIds: readonly string[];
  readonly object: ObjectStatus;
  /** Explore's cameras as a link wants them, or as they were moved while an object loads, until it is there. */
  readonly wanted: { readonly a: Orbits['a'] | null; readonly b: Orbits['b'] | null };
  /** Explore's scenes: the studio, or those of an item that was opened. */
  readonly scenes: Scenes;
  /** Explore's pair, cameras at rest. */
  readonly pair: Pair | null;
  /** Where Explore's cameras rested before, and what was undone. */
  readonly history: OrbitHistory;
  /** What Explore's last seeded pair was made of; null for what nobody chose or drew yet. */
  readonly drawn: { readonly seed: number | null; readonly level: number | null };
  /** Options of the item that was opened last, and the pair whose they are. */
  readonly given: { readonly pairKey: string; readonly options: GivenOptions } | null;
  readonly overview: OverviewView;
  readonly notices: readonly Notice[];
  modeSet(mode: Mode): void;
  objectIdsSet(ids: readonly string[]): void;
  /** A person's choice; `null` lets the seed pick again. */
  objectChoose(id: string | null): void;
  /** Another object is on its way, under the page's own light. */
  objectLoad(id: string): void;
  objectReady(id: string, framingPoints: readonly Vec3[]): void;
  /** Names the object that failed and falls back to the page's default object. */
  objectFailed(id: string, problem: ObjectProblem): void;
  /** Cameras have come to rest somewhere; the place before can be undone to. */
  orbitsCommit(orbits: Orbits): void;
  /** Explore's floor after another question was chosen; cameras and steps stay, and so does the scene of an item that was opened. */
  sceneRenew(): void;
  /** Explore's own light and floor again, in place of those of an item that was opened. */
  scenesReset(): void;
  /** Explore only: back to where the cameras rested before. Does nothing where there is no such place. */
  undo(): void;
  redo(): void;
  drawnSet(drawn: Partial<ViewSlice['drawn']>): void;
  /** Explore shows this pair: an item's, whose object is loaded. Cameras of before are no step back from another object or light. */
  itemShow(objectId: string, orbits: Orbits, scenes: Scenes, given?: GivenOptions | null): void;
  overviewSet(overview: Partial<OverviewView>): void;
  noticeAdd(notice: Notice): void;
  noticeDismiss(notice: Notice): void;
}

/** Explore's own scenes for a question, as against those of an item that was opened. */
const ownScenes = (family: PageFamilyId): Scenes => ({ a: exploreScene(family), b: exploreScene(family) });
const isOwn = ({ a, b }: Scenes): boolean => isExploreScene(a) && isExploreScene(b);

const WANTED_NONE = { a: null, b: null } as const;

/** Rounded as an address rounds it: the order of some options hangs on a pair's exact numbers, and a link must find the same. */
const addressed = ({ a, b }: Orbits): Orbits => ({ a: placeAddressed(a, b), b: placeAddressed(b, a) });
/** Equal for cameras of a file, with all their digits, and for those that came back to where these stood. */
const addressedKey = (objectId: string, orbits: Orbits, scenes: Scenes): string => {
  const { a, b } = addressed(orbits);
  return pairFromOrbits(objectId, { a, b }, scenes.a, scenes.b).key;
};

const orbitsOf = ({ a, b }: Pair): Orbits => ({ a: a.orbit, b: b.orbit });

export function viewSlice({ set, get, start }: SliceContext): ViewSlice {
  const patch = (part: Partial<ViewSlice>): void => set((state: AppState) => ({ view: { ...state.view, ...part } }));
  const explorePair = (objectId: string, orbits: Orbits): Pair => {
    const { scenes, given } = get().view;
    const pair = pairFromOrbits(objectId, orbits, scenes.a, scenes.b);
    const isGivens = given !== null && given.pairKey === addressedKey(objectId, orbits, scenes);
    return isGivens ? pairGiven(pair, given.options) : pair;
  };
  const addressedPair = (objectId: string, orbits: Orbits): Pair => explorePair(objectId, addressed(orbits));
  /** What was said about the pair before goes with it. */
  const pairShow = (pair: Pair, history: OrbitHistory): void => {
    patch({ pair, history });
    get().question.answerSet(null);
    get().model.reasoningClear();
    get().rival.reasoningClear();
  };
  const step = (direction: 'undo' | 'redo'): void => {
    const { mode, pair, history, objectId, wanted } = get().view;
    if (mode !== 'explore' || !pair) return;
    const rest = orbitsOf(pair);
    // Where cameras were moved to while an object loads is a step of its own.
    const isMove = wanted.a !== null || wanted.b !== null;
    const now = { a: wanted.a ?? rest.a, b: wanted.b ?? rest.b };
    const stepped = historyStep(isMove ? historyPush(history, rest) : history, now, direction);
    if (!stepped) return;
    patch({ wanted: WANTED_NONE });
    pairShow(explorePair(objectId, stepped.orbits), stepped.history);
  };
  return {
    mode: start.url.mode,
    objectId: start.url.objectId,
    objectPinned: start.url.isObjectPinned,
    objectIds: [],
    object: { kind: 'loading' },
    wanted: { a: start.url.orbitA, b: start.url.orbitB },
    scenes: {
      a: start.url.sceneA ? itemScene(start.url.sceneA) : exploreScene(start.url.family),
      b: start.url.sceneB ? itemScene(start.url.sceneB) : exploreScene(start.url.family),
    },
    pair: null,
    history: HISTORY_EMPTY,
    drawn: { seed: null, level: null },
    given: null,
    overview: start.url.overview,
    notices: start.issues.length > 0 ? [{ kind: 'url', issues: start.issues }] : [],
    modeSet: (mode) => {
      const { guess, view } = get();
      // Once it is over a guess may be taken along and turned around; before it, it keeps its poses to itself.
      if (mode === 'explore' && view.mode === 'guess' && isGuessOver(guess) && guess.pair) {
        const pair = explorePair(view.objectId, orbitsOf(guess.pair));
        const isNew = view.pair !== null && view.pair.key !== pair.key;
        patch({ mode, pair, history: isNew ? historyPush(view.history, orbitsOf(view.pair)) : view.history });
      } else patch({ mode });
      get().question.answerSet(null);
      get().model.reasoningClear();
      get().rival.reasoningClear();
    },
    objectIdsSet: (objectIds) => patch({ objectIds }),
    objectChoose: (id) => {
      if (id === null) {
        patch({ objectPinned: false });
        get().guess.next();
        return;
      }
      if (id === get().view.objectId) {
        patch({ objectPinned: true });
        return;
      }
      patch({ objectPinned: true });
      get().view.objectLoad(id);
      get().guess.pairRenew();
    },
    objectLoad: (objectId) =>
      patch({ objectId, object: { kind: 'loading' }, scenes: ownScenes(get().question.family) }),
    objectReady: (id, framingPoints) => {
      const { view } = get();
      if (id !== view.objectId) return;
      const fresh = orbitsDefault(framingPoints);
      const { pair, wanted, history } = view;
      const rest = pair ? orbitsOf(pair) : fresh;
      const orbits: Orbits = {
        a: wanted.a ? orbitClamp(wanted.a, fresh.a) : rest.a,
        b: wanted.b ? orbitClamp(wanted.b, fresh.b) : rest.b,
      };
      const isMove = pair !== null && (wanted.a !== null || wanted.b !== null);
      patch({ object: { kind: 'ready', id, framingPoints }, wanted: WANTED_NONE });
      pairShow(explorePair(id, orbits), isMove ? historyPush(history, orbitsOf(pair)) : history);
      get().guess.pairRenew();
    },
    objectFailed: (id, problem) => {
      const { view } = get();
      if (id !== view.objectId) return;
      const notices = [...view.notices, { kind: 'object', objectId: id, problem } as const];
      patch({ notices });
      if (id === DEFAULT_OBJECT_ID) {
        patch({ object: { kind: 'failed', id } });
        return;
      }
      patch({ objectPinned: false });
      get().view.objectLoad(DEFAULT_OBJECT_ID);
    },
    orbitsCommit: (orbits) => {
      const { object, objectId, pair: before, history } = get().view;
      const isUnmoved = before !== null && orbits.a === before.a.orbit && orbits.b === before.b.orbit;
      if (object.kind !== 'ready') {
        // The pair on its way will be seen from there.
        if (before) patch({ wanted: isUnmoved ? WANTED_NONE : orbits });
        return;
      }
      // What was asked and answered about the pair still is.
      if (isUnmoved) return;
      const pair = addressedPair(objectId, orbits);
      if (before && pair.key === before.key) {
        // Back where they stood: the same pair, which the cameras are to be taken from again.
        patch({ pair: { ...before } });
        return;
      }
      // Cameras that come to rest where they stood only get their address: nothing to undo.
      const isMove = before !== null && addressedPair(objectId, orbitsOf(before)).key !== pair.key;
      pairShow(pair, isMove ? historyPush(history, orbitsOf(before)) : history);
    },
    sceneRenew: () => {
      if (isOwn(get().view.scenes)) get().view.scenesReset();
    },
    scenesReset: () => {
      const { pair } = get().view;
      patch({ scenes: ownScenes(get().question.family) });
      if (pair) patch({ pair: explorePair(pair.objectId, orbitsOf(pair)) });
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    drawnSet: (drawn) => patch({ drawn: { ...get().view.drawn, ...drawn } }),
    itemShow: (objectId, orbits, scenes, given = null) => {
      const { view } = get();
      const isLoaded = view.object.kind === 'ready' && view.object.id === objectId;
      const shown: Scenes = { a: itemScene(scenes.a), b: itemScene(scenes.b) };
      const isStep = view.objectId === objectId && isOwn(view.scenes) && isOwn(shown);
      patch({
        mode: 'explore',
        objectId,
        objectPinned: true,
        scenes: shown,
        given: given && { pairKey: addressedKey(objectId, orbits, shown), options: given },
        wanted: WANTED_NONE,
        ...(isLoaded ? {} : { object: { kind: 'loading' } }),
      });
      const history = isStep && view.pair ? historyPush(view.history, orbitsOf(view.pair)) : HISTORY_EMPTY;
      pairShow(explorePair(objectId, orbits), history);
      if (!isLoaded) get().guess.pairRenew();
    },
    overviewSet: (overview) => patch({ overview: { ...get().view.overview, ...overview } }),
    noticeAdd: (notice) => patch({ notices: [...get().view.notices, notice] }),
    noticeDismiss: (notice) => patch({ notices: get().view.notices.filter((other) => other !== notice) }),
  };
}
