/** The choice of a pair by number and difficulty, wired. */
import { useMemo } from 'react';
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
  const card = useMemo(
    () => pairSetFind(object, { family, level: run.level }, COUNTED_PAIRS),
    [family, object, run.level],
  );
  const deal = (chosenSeed: number, level: number): void => {
    const { view, guess } = store.getState();
    view.modeSet('guess');
    guess.deal(chosenSeed, level);
    onClose();
  };
  return (
    <PairsDialog
      question={family}
      objectName={objectName}
      seed={seed}
      level={run.level}
      card={card}
      onDeal={deal}
      onClose={onClose}
    />
  );
}
