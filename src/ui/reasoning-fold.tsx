/** The model thinking aloud, on demand and folded: streamed, and it can be stopped. */
import type { PageFamilyId } from '../questions/page-families';
import type { Reasoning } from '../state/model-slice';
import { EngineErrorText } from './engine-error-text';
import { foreignLang } from './english';
import { formatSeconds } from './format';
import { sentencesJoin } from './i18n/joined';
import type { Translate } from './i18n/translate';
import { useT } from './i18n/use-t';
import { MessageWith } from './message-with';
import { paceText } from './model-pace';
import { optionText } from './option-text';

export interface ReasoningFoldProps {
  readonly question: PageFamilyId;
  readonly reasoning: Reasoning;
  readonly onStart: () => void;
  readonly onStop: () => void;
}

/** The thoughts alone: tags are the format's, and the conclusion stands below in the page's own words. */
const thoughtsOf = (text: string): string =>
  text
    .replace(/<answer[^]*$/, '')
    .replace(/<\/?(think)?>?/g, '')
    .trim();

function outcomeText(
  t: Translate,
  question: PageFamilyId,
  { answer, finish, durationMs }: Extract<Reasoning, { kind: 'done' }>,
): string {
  return sentencesJoin(t, [
    answer && t('reason.answer', { answer: optionText(t, question, answer) }),
    finish === 'aborted' && t('reason.stopped'),
    finish === 'length' && t('reason.length'),
    durationMs > 0 && t('reason.took', { seconds: formatSeconds(durationMs) }),
  ]);
}

export function ReasoningFold({ question, reasoning, onStart, onStop }: ReasoningFoldProps) {
  const t = useT();
  return (
    <details className="fold">
      <summary>{t('reason.title')}</summary>
      <p className="card__text">{t('reason.note')}</p>
      {'text' in reasoning && reasoning.text !== '' && (
        <p className="reasoning" lang={foreignLang(reasoning.text)} data-running={reasoning.kind === 'running'}>
          {thoughtsOf(reasoning.text)}
        </p>
      )}
      {reasoning.kind === 'done' && (
        <p className="card__text" role="status">
          {outcomeText(t, question, reasoning)}
        </p>
      )}
      {reasoning.kind === 'done' && reasoning.pace && (
        <p className="card__text tabular">{paceText(t, reasoning.pace)}</p>
      )}
      {reasoning.kind === 'failed' && (
        <p className="card__text" role="status">
          <MessageWith id="reason.failed">
            <EngineErrorText error={reasoning.error} />
          </MessageWith>
        </p>
      )}
      {reasoning.kind === 'running' ? (
        <p className="row">
          <button type="button" className="button" onClick={onStop}>
            {t('reason.stop')}
          </button>
          <span className="card__text">{t('reason.running')}</span>
        </p>
      ) : (
        <button type="button" className="button" onClick={onStart}>
          {t(reasoning.kind === 'none' ? 'reason.start' : 'reason.again')}
        </button>
      )}
    </details>
  );
}
