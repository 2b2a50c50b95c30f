/** Tells screen readers what changed: a new pair, a camera that came to rest and the truth there; in Guess the verdict with every answer. */
import { useState } from 'react';
import type { PageFamilyId } from '../questions/page-families';
import { isGuessOver } from '../state/guess-slice';
import { pairCurrent } from '../state/selectors';
import { askKey } from '../state/model-slice';
import { VIEW_NAMES } from '../state/page-defaults';
import { isPartShown } from '../state/page-parts';
import { pairTruth, type Pair } from '../state/pair';
import { questionId } from '../state/question-slice';
import type { Mode } from '../state/url-codec';
import { sentencesJoin } from '../ui/i18n/joined';
import { useT } from '../ui/i18n/use-t';
import type { Translate } from '../ui/i18n/translate';
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

const truthWords = (t: Translate, family: PageFamilyId, key: string): string =>
  t('live.answer', { who: t('truth.title'), answer: optionText(t, family, key) });

/** Guess, once it is answered or given up. */
function useVerdictWords(): string {
  const t = useT();
  const pair = useAppState(pairCurrent);
  const family = useAppState(({ question }) => question.family);
  const asked = useAppState(({ question }) => questionId(question));
  const guess = useAppState((state) => state.guess);
  const mode = useAppState(({ view }) => view.mode);
  const shape = useAppState(({ settings }) => settings.shape);
  const modelAnswer = useAppState(({ model }) => model.answer);
  if (mode !== 'guess' || !pair || !isGuessOver(guess)) return '';
  const truth = pairTruth(pair, family).answer;
  if (guess.answer === null || !guess.verdict)
    return truth.kind === 'key' ? truthWords(t, family, truth.key) : t('you.gaveUp');
  const isModelHeard =
    isPartShown(shape, 'model') && modelAnswer.kind === 'answered' && modelAnswer.key === askKey(pair.key, asked);
  return sentencesJoin(t, [
    t('live.graded', {
      who: t('you.title'),
      answer: optionText(t, family, guess.answer),
      verdict: t(`verdict.${guess.verdict.kind}`),
    }),
    isModelHeard && t('live.answer', { who: t('model.title'), answer: optionText(t, family, modelAnswer.best) }),
    isPartShown(shape, 'truth') && truth.kind === 'key' && truthWords(t, family, truth.key),
  ]);
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
    return sentencesJoin(t, [
      ...moved.map((name) => viewWords(t, name, objectName, now[name].orbit)),
      truth?.kind === 'key' && truthWords(t, family, truth.key),
    ]);
  }
}
