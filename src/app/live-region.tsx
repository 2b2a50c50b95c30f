/** Tells screen readers what changed: a new pair, a camera that came to rest, the verdict, the model's answer. */
import { useState } from 'react';
import { pairCurrent } from '../state/selectors';
import { askKey } from '../state/model-slice';
import { VIEW_NAMES } from '../state/page-defaults';
import { isPartShown } from '../state/page-parts';
import { pairTruth, type Pair } from '../state/pair';
import { questionId } from '../state/question-slice';
import type { Mode } from '../state/url-codec';
import { useT } from '../ui/i18n/use-t';
import { optionText } from '../ui/option-text';
import { viewWords } from '../ui/view-words';
import { useAppState } from './services';

export interface LiveRegionProps {
  readonly objectName: string;
}

export function LiveRegion({ objectName }: LiveRegionProps) {
  const verdict = useVerdictWords();
  const change = useChangeWords(objectName);
  return (
    <p className="sr-only" role="status" aria-live="polite">
      {verdict || change}
    </p>
  );
}

/** Guess, once it is answered. */
function useVerdictWords(): string {
  const t = useT();
  const pair = useAppState(pairCurrent);
  const family = useAppState(({ question }) => question.family);
  const asked = useAppState(({ question }) => questionId(question));
  const guess = useAppState((state) => state.guess);
  const mode = useAppState(({ view }) => view.mode);
  const shape = useAppState(({ settings }) => settings.shape);
  const modelAnswer = useAppState(({ model }) => model.answer);
  if (mode !== 'guess' || guess.answer === null || !guess.verdict || !pair) return '';
  const truth = pairTruth(pair, family).answer;
  const parts = [`${t('you.title')}: ${optionText(t, family, guess.answer)}, ${t(`verdict.${guess.verdict.kind}`)}.`];
  if (isPartShown(shape, 'model') && modelAnswer.kind === 'answered' && modelAnswer.key === askKey(pair.key, asked))
    parts.push(`${t('model.title')}: ${optionText(t, family, modelAnswer.best)}.`);
  if (isPartShown(shape, 'truth') && truth.kind === 'key')
    parts.push(`${t('truth.title')}: ${optionText(t, family, truth.key)}.`);
  return parts.join(' ');
}

/** The next pair of Guess by its object alone; in Explore every view whose camera has come to rest elsewhere, and the truth. */
function useChangeWords(objectName: string): string {
  const t = useT();
  const pair = useAppState(pairCurrent);
  const mode = useAppState(({ view }) => view.mode);
  const family = useAppState(({ question }) => question.family);
  const isTruthShown = useAppState(({ settings }) => isPartShown(settings.shape, 'truth'));
  const [said, setSaid] = useState<{ pair: Pair | null; mode: Mode; words: string }>({ pair, mode, words: '' });
  if (pair && pair !== said.pair) setSaid({ pair, mode, words: wordsAfter(said, pair) });
  return said.words;

  function wordsAfter(before: typeof said, now: Pair): string {
    // The page's first pictures are described where they stand.
    if (!before.pair) return '';
    if (mode === 'guess') return t('live.pair', { object: objectName });
    const isOther = before.mode !== mode || before.pair.objectId !== now.objectId;
    const moved = VIEW_NAMES.filter((name) => isOther || before.pair?.[name].orbit !== now[name].orbit);
    const truth = isTruthShown ? pairTruth(now, family).answer : null;
    return [
      ...moved.map((name) => viewWords(t, name, objectName, now[name].orbit)),
      ...(truth?.kind === 'key' ? [`${t('truth.title')}: ${optionText(t, family, truth.key)}.`] : []),
    ].join(' ');
  }
}
