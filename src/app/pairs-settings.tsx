/** The choice of a pair by number and difficulty, wired. */
import { useDeferredValue, useMemo, useState } from 'react';
import { pairSetFind } from '../state/pair-set-card';
import { PairsDialog } from '../ui/pairs-dialog';
import { useAppState, useServices } from './services';

export interface PairsSettingsProps {
  readonly objectName: string;
  readonly onClose: () => void;
}

/** Enough to see an imbalance, few enough to be counted at once. */
const COUNTED_PAIRS = 100;

export function PairsSettings({ objectName, onClose }: PairsSettingsProps) {
  const { store } = useServices();
  const family = useAppState(({ question }) => question.family);
  const object = useAppState(({ view }) => view.object);
  const { seed, run } = useAppState(({ guess }) => guess);
  const [level, setLevel] = useState(run.level);
  // Counting takes a moment, which the chosen number does not wait for.
  const levelCounted = useDeferredValue(level);
  const card = useMemo(
    () => pairSetFind(object, { family, level: levelCounted }, COUNTED_PAIRS),
    [family, object, levelCounted],
  );
  const deal = (chosenSeed: number): void => {
    const { view, guess } = store.getState();
    view.modeSet('guess');
    // Of the object that is named and counted here.
    guess.deal(chosenSeed, level, true);
    onClose();
  };
  return (
    <PairsDialog
      question={family}
      objectName={objectName}
      seed={seed}
      level={level}
      card={card}
      onLevel={setLevel}
      onDeal={deal}
      onClose={onClose}
    />
  );
}
