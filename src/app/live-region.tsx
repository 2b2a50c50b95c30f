/** Tells screen readers what changed: the verdict, then the model's answer. */
import { pairCurrent } from '../state/app-state';
import { askKey } from '../state/model-slice';
import { pairTruth } from '../state/pair';
import { questionId } from '../state/question-slice';
import { useT } from '../ui/i18n/use-t';
import { optionText } from '../ui/option-text';
import { useAppState } from './services';

export function LiveRegion() {
  const t = useT();
  const pair = useAppState(pairCurrent);
  const family = useAppState(({ question }) => question.family);
  const asked = useAppState(({ question }) => questionId(question));
  const guess = useAppState((state) => state.guess);
  const mode = useAppState(({ view }) => view.mode);
  const modelAnswer = useAppState(({ model }) => model.answer);
  const parts: string[] = [];
  if (mode === 'guess' && guess.answer !== null && guess.verdict && pair) {
    const truth = pairTruth(pair, family).answer;
    parts.push(`${t('you.title')}: ${optionText(t, family, guess.answer)}, ${t(`verdict.${guess.verdict.kind}`)}.`);
    if (modelAnswer.kind === 'answered' && modelAnswer.key === askKey(pair.key, asked))
      parts.push(`${t('model.title')}: ${optionText(t, family, modelAnswer.best)}.`);
    if (truth.kind === 'key') parts.push(`${t('truth.title')}: ${optionText(t, family, truth.key)}.`);
  }
  return (
    <p className="sr-only" role="status" aria-live="polite">
      {parts.join(' ')}
    </p>
  );
}
