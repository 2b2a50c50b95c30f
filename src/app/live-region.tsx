/** Tells screen readers what changed: a new pair, a camera that came to rest and the truth there; in Guess the verdict with every answer. */
import { useState } from 'react';
import type { PageFamilyId } from '../questions/page-families';
import { isGuessOver } from '../state/guess-slice';
import { pairCurrent } from '../state/selectors';
import { askKey } from '../state/model-slice';
import { VIEW_NAMES, type ViewName } from '../state/page-defaults';
import { isPartShown } from '../state/page-parts';
import { pairTruth, type Pair } from '../state/pair';
import { questionId } from '../state/question-slice';
import { placeAddressed, type Mode } from '../state/url-codec';
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
  return <LiveWords words={verdict || change.words} slot={change.slot} />;
}

const SLOTS = [0, 1] as const;
type Slot = (typeof SLOTS)[number];

export interface LiveWordsProps {
  readonly words: string;
  readonly slot: Slot;
}

/** Screen readers pass over a text that stays as it is: the same sentence is said again from the other slot. */
export const LiveWords = ({ words, slot }: LiveWordsProps) =>
  SLOTS.map((own) => (
    <p key={own} className="sr-only" role="status" aria-live="polite">
      {own === slot && words}
    </p>
  ));

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

/** The views whose cameras are elsewhere now. Coming to rest makes new orbits of both, rounded as an address rounds them. */
export const viewsMoved = (before: Pair, now: Pair): readonly ViewName[] =>
  VIEW_NAMES.filter((name) => {
    const partner = now[name === 'a' ? 'b' : 'a'].orbit;
    const [from, to] = [before, now].map((pair) => JSON.stringify(placeAddressed(pair[name].orbit, partner)));
    return from !== to;
  });

interface Said extends LiveWordsProps {
  /** The pair that it was about. */
  readonly pair: Pair | null;
  readonly mode: Mode;
}

/** The next pair of Guess by its object alone; in Explore every view whose camera has come to rest elsewhere, and the truth. */
function useChangeWords(objectName: string): LiveWordsProps {
  const t = useT();
  const pair = useAppState(pairCurrent);
  const mode = useAppState(({ view }) => view.mode);
  const family = useAppState(({ question }) => question.family);
  const isTruthShown = useAppState(({ settings }) => isPartShown(settings.shape, 'truth'));
  const [said, setSaid] = useState<Said>({ pair, mode, words: '', slot: 0 });
  if (pair && pair !== said.pair) setSaid({ pair, mode, words: wordsAfter(said, pair), slot: said.slot === 0 ? 1 : 0 });
  return said;

  function wordsAfter(before: Said, now: Pair): string {
    // The page's first pictures are described where they stand.
    if (!before.pair) return '';
    const isOther = before.mode !== mode || before.pair.objectId !== now.objectId;
    // The same pictures may be dealt again, for another question.
    if (mode === 'guess') return isOther || before.pair.key !== now.key ? t('live.pair', { object: objectName }) : '';
    const moved = isOther ? VIEW_NAMES : viewsMoved(before.pair, now);
    const truth = isTruthShown ? pairTruth(now, family).answer : null;
    return sentencesJoin(t, [
      ...moved.map((name) => viewWords(t, name, objectName, now[name].orbit)),
      truth?.kind === 'key' && truthWords(t, family, truth.key),
    ]);
  }
}
