/**
 * Finds, for the pair on screen, another place from which the second picture would look the same and mean another answer:
 * as it is drawn, or by the object alone, when only light and shadow tell.
 */
import { WORLD_ORIGIN } from '../core/camera-pose';
import type { SceneSpec } from '../core/scene-spec';
import { posedTruth, type PosedQuestionId } from '../questions/facing';
import type { AssessedItem, Assessor } from '../scene/assessor';
import type { CameraMotion } from '../state/camera-motion';
import { hasMarkedFront } from '../state/marked-front';
import { pairOptions, type Pair } from '../state/pair';
import { pairPictures, type PairPictures, type PicturedPair } from './picture-files';
import { searchesShared } from './searches-shared';
import { keptDrawerCreate, type PictureSources } from './shared-graphics';

type Posed = PicturedPair['a'];

export interface LookAlike {
  /** Of the pair and the question that it was found for. */
  readonly pairKey: string;
  readonly question: PosedQuestionId;
  /** The answer that would be right from the other place. */
  readonly otherKey: string;
  /** Whether the whole picture looks the same, or only the object in it. */
  readonly what: 'picture' | 'object';
  /** `a`: the second view as it is; `b`: from the other place. */
  readonly pictures: PairPictures;
}

export interface LookAlikes {
  /**
   * One search for everybody who asks for the same while it lasts.
   * @param isWanted asked again and again; when nobody wants it any more, it is given up
   * @returns 'none' when no other place was found; null when there is no answer to confuse, or when given up
   */
  readonly find: (pair: Pair, question: PosedQuestionId, isWanted: () => boolean) => Promise<LookAlike | 'none' | null>;
}

const PICTURE_PX = 192;

/** For as long as the card was kept busy: a slow one keeps half of its time for the person. */
const pause = (busyMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, busyMs));

/** Light and shadow stand still in the world, so they show the way; a lamp on the camera shows none. */
const withoutShadows = (scene: SceneSpec): SceneSpec => ({
  ...scene,
  light: { ...scene.light, rule: 'camera' },
  ground: 'none',
});

function comparedItem(pair: Pair, question: PosedQuestionId): AssessedItem | null {
  const { objectId, a, b } = pair;
  if (question === 'facing' && !hasMarkedFront(objectId)) return null;
  const truth = posedTruth(question, a.pose, b.pose);
  if (truth.kind !== 'key') return null;
  return {
    question,
    options: pairOptions(pair, question),
    answerKey: truth.key,
    targetWorld: WORLD_ORIGIN,
    viewA: a.pose,
    viewB: { ...b.pose, scene: b.scene },
  };
}

export function lookAlikesCreate(sources: PictureSources, motion: Pick<CameraMotion, 'rest'>): LookAlikes {
  const kept = keptDrawerCreate<Assessor>(sources.graphics);
  async function find(
    pair: Pair,
    question: PosedQuestionId,
    isWanted: () => boolean,
  ): Promise<LookAlike | 'none' | null> {
    const item = comparedItem(pair, question);
    // Shaders for comparisons would keep the first view waiting.
    await sources.graphics.ready();
    if (!item || !isWanted()) return null;
    const [object, { Assessor: AssessorOnce }, { objectClone }] = await Promise.all([
      sources.library.load(pair.objectId),
      import('../scene/assessor'),
      import('../scene/object-clone'),
    ]);
    const assessor = kept.get((shared) => new AssessorOnce(shared));
    try {
      const drawnWith = sources.graphics.current();
      const breathe = (busyMs: number): Promise<boolean> =>
        pause(busyMs)
          // Drawn beside a moving view, it would stutter.
          .then(motion.rest)
          .then(() => isWanted() && sources.graphics.current() === drawnWith);
      for (const what of ['picture', 'object'] as const) {
        const scene = what === 'picture' ? pair.b.scene : withoutShadows(pair.b.scene);
        const compared = { ...item, viewB: { ...item.viewB, scene } };
        const found = await assessor.assessInBreaths(objectClone(object), compared, breathe);
        if (!found) return null;
        const other = found.twin && posedTruth(question, pair.a.pose, found.twin);
        if (!found.twin || found.answerable || other?.kind !== 'key') continue;
        if (!(await breathe(0))) return null;
        const { objectId, b } = pair;
        const [asItIs, elsewhere] = [b.pose, found.twin].map((pose) => ({ pose, scene })) as [Posed, Posed];
        const pictures = await pairPictures(sources, { objectId, a: asItIs, b: elsewhere }, PICTURE_PX);
        return { pairKey: pair.key, question, what, otherKey: other.key, pictures };
      }
      return 'none';
    } catch (error) {
      // A lost context does not come back; the next pair gets a new one.
      kept.drop();
      throw error;
    }
  }

  // One at a time: they share a stage.
  const search = searchesShared<LookAlike | 'none' | null>();
  return {
    find: (pair, question, isWanted) =>
      search(`${question}|${pair.key}`, (isAnyWanted) => find(pair, question, isAnyWanted), isWanted),
  };
}
