/** An answer on its way (most scored ones are there before the button is), or in the model's own words. */
import type { ModelAnswer } from '../state/model-slice';
import { English, foreignLang } from './english';
import { sentencesJoin } from './i18n/joined';
import { useT } from './i18n/use-t';
import { paceText } from './model-pace';

export interface ModelAnswersProps {
  readonly answer: Extract<ModelAnswer, { kind: 'waiting' | 'said' }>;
  /** The question is somebody's own; else its options are scored. */
  readonly isFree: boolean;
  readonly onStop: () => void;
  readonly onRetry: () => void;
}

export function ModelAnswers({ answer, isFree, onStop, onRetry }: ModelAnswersProps) {
  const t = useT();
  const said = answer.kind === 'said' ? answer : null;
  const isStopped = said?.finish === 'aborted';
  // The status stands there before its words do: only what changes in it is read out, and words that still come would be read piece by piece.
  return (
    <>
      {answer.kind === 'waiting' && (
        <>
          <p className="card__word card__word--soft">
            {answer.text === '' ? t('model.thinking') : <English words={answer.text} />}
          </p>
          <p className={isFree ? 'row' : 'row shown-late'}>
            <button type="button" className="button" onClick={onStop}>
              {t('model.ask.stop')}
            </button>
          </p>
        </>
      )}
      {(isFree || said) && (
        <div className="card__part" role="status">
          {said && said.text !== '' && (
            <p className="card__word" lang={foreignLang(said.text)}>
              {said.text}
            </p>
          )}
          {said && (
            <p className="card__text">
              {sentencesJoin(t, [
                isStopped && t('reason.stopped'),
                said.finish === 'length' && t('reason.length'),
                isFree && t('model.said'),
              ])}
            </p>
          )}
        </div>
      )}
      {said?.pace && <p className="card__text tabular">{paceText(t, said.pace)}</p>}
      {isStopped && (
        <button type="button" className="button" onClick={onRetry}>
          {t('model.retry')}
        </button>
      )}
    </>
  );
}
