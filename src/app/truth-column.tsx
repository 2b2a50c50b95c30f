/** The truth: hidden while guessing, live while exploring. */
import { useMemo } from 'react';
import { movementWhy } from '../questions/movement-why';
import { SCENE_STUDIO } from '../core/scene-spec';
import { pairCurrent, posesRevealed } from '../state/selectors';
import { hasMarkedFront } from '../state/marked-front';
import { pairFromOrbits, pairTruth, type TruthFigure } from '../state/pair';
import { useT } from '../ui/i18n/use-t';
import { TruthCard } from '../ui/truth-card';
import { whyText } from '../ui/why-text';
import { useAppState, useIsOnScreen, useLiveOrbits, useServices } from './services';
import { useAmbiguity } from './use-ambiguity';

/** More sentences than these are not read. */
const WHY_MAX = 3;

export interface TruthColumnProps {
  readonly onFigure: (figure: TruthFigure | null) => void;
}

export function TruthColumn({ onFigure }: TruthColumnProps) {
  const t = useT();
  const family = useAppState(({ question }) => question.family);
  const isRevealed = useAppState((state) => posesRevealed(state) && state.view.object.kind === 'ready');
  const objectId = useAppState(({ view }) => view.objectId);
  const isExploring = useAppState(({ view }) => view.mode === 'explore');
  const isAsked = useAppState(({ guess }) => guess.pair !== null);
  const { store } = useServices();
  const orbits = useLiveOrbits();
  const lookAlike = useAmbiguity();
  const rested = useAppState(pairCurrent);
  const isAtRest = useIsOnScreen(rested);
  const known = useMemo(() => {
    if (!isRevealed) return null;
    const isRested = isAtRest && rested?.objectId === objectId;
    const pair = isRested ? rested : pairFromOrbits(objectId, orbits, SCENE_STUDIO, SCENE_STUDIO);
    return { truth: pairTruth(pair, family), why: movementWhy(pair.a.pose, pair.b.pose) };
  }, [isRevealed, objectId, orbits, rested, isAtRest, family]);
  const why = useMemo(
    () => (known ? whyText(t, known.why, hasMarkedFront(objectId)).slice(0, WHY_MAX) : []),
    [t, known, objectId],
  );
  return (
    <TruthCard
      question={family}
      truth={known?.truth ?? null}
      isWaiting={isExploring && !known}
      onGiveUp={isAsked ? () => store.getState().guess.giveUp() : null}
      why={why}
      lookAlike={lookAlike}
      onFigure={onFigure}
    />
  );
}
