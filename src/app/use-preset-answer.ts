/** What the model says about a first visit's pair, known before the model is there. */
import { useEffect, useMemo, useState } from 'react';
import type { PresetAnswers } from '../contract/preset-answers';
import { bestKey } from '../state/model-asks';
import type { ModelScores } from '../state/model-slice';
import { pairOptions, type Pair } from '../state/pair';
import { presetShares } from '../state/preset-pairs';
import { useAppState } from './services';

/** One file for the whole visit; what cannot be fetched is done without. */
let fetched: Promise<PresetAnswers | null> | null = null;
const presetAnswers = (): Promise<PresetAnswers | null> =>
  (fetched ??= import('../contract/preset-answers.json').then(
    (file) => file.default as unknown as PresetAnswers,
    () => null,
  ));

/** Null outside of those pairs, and while `isWanted` is false. */
export function usePresetAnswer(pair: Pair | null, isWanted: boolean): ModelScores | null {
  const isGuess = useAppState(({ view }) => view.mode === 'guess');
  const seed = useAppState(({ guess }) => guess.seed);
  const level = useAppState(({ guess }) => guess.run.level);
  const family = useAppState(({ question }) => question.family);
  const [known, setKnown] = useState<PresetAnswers | null>(null);
  const canHave = isWanted && isGuess;
  useEffect(() => {
    if (canHave) void presetAnswers().then(setKnown);
  }, [canHave]);
  return useMemo(() => {
    if (!known || !pair || !canHave) return null;
    const shares = presetShares(known, { objectId: pair.objectId, seed, level, family });
    if (!shares) return null;
    const options = pairOptions(pair, family).map(({ key }) => ({ key, probability: shares[key] ?? 0 }));
    return { options, best: bestKey(options), durationMs: 0, isAnswerOnly: false };
  }, [known, pair, canHave, seed, level, family]);
}
