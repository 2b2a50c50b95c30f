/** Two photos of one's own, a question about them, and the model's answer. Truth is unknown and said to be so. */
import type { EngineErrorData } from '../inference/engine';
import { QUESTION_IDS, questionWordingId, type QuestionId } from '../questions/families';
import type { ModelScores } from '../state/model-slice';
import { Dialog } from './dialog';
import { EngineErrorText } from './engine-error-text';
import { formatSeconds } from './format';
import { sentencesJoin } from './i18n/joined';
import { useT } from './i18n/use-t';
import { MessageWith } from './message-with';
import { PhotoSlot, type PhotoSlotProps } from './photo-slot';
import { optionText } from './option-text';
import { ProbabilityBars } from './probability-bars';

export type PhotoAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting' }
  /** By whom: the model may be another one by now. */
  | {
      readonly kind: 'answered';
      readonly family: QuestionId;
      readonly scores: ModelScores;
      readonly modelName: string;
    }
  | { readonly kind: 'failed'; readonly error: EngineErrorData };

export interface PhotoDialogProps {
  readonly slots: readonly Omit<PhotoSlotProps, 'isChosen' | 'isOblong' | `on${string}`>[];
  readonly photos: readonly ({ readonly isOblong: boolean } | null)[];
  readonly family: QuestionId;
  /** Null: no model is ready. */
  readonly modelName: string | null;
  /** Where the photos are sent; null: nowhere. */
  readonly remoteHost: string | null;
  readonly answer: PhotoAnswer;
  /** Of the slot at `index`. */
  readonly onFile: (index: number, file: File) => void;
  readonly onShift: (index: number, shift: number) => void;
  readonly onCameraOpen: (index: number) => void;
  readonly onCameraTake: (index: number) => void;
  readonly onCameraClose: () => void;
  readonly onFamily: (family: QuestionId) => void;
  readonly onAsk: () => void;
  readonly onStop: () => void;
  readonly onClose: () => void;
}

export function PhotoDialog(props: PhotoDialogProps) {
  const { slots, photos, family, modelName, remoteHost, answer } = props;
  const t = useT();
  const isWaiting = answer.kind === 'waiting';
  const canAsk = modelName !== null && photos.every((photo) => photo !== null);
  return (
    <Dialog title={t('photos.title')} onClose={props.onClose}>
      <p className="dialog__text">
        {sentencesJoin(t, [
          t('photos.about'),
          remoteHost === null ? t('photos.stay') : t('photos.sent', { host: remoteHost }),
        ])}
      </p>
      <div className="photos">
        {slots.map((slot, index) => (
          <PhotoSlot
            key={slot.letter}
            {...slot}
            isChosen={photos[index] !== null}
            isOblong={photos[index]?.isOblong ?? false}
            onFile={(file) => props.onFile(index, file)}
            onShift={(shift) => props.onShift(index, shift)}
            onCameraOpen={() => props.onCameraOpen(index)}
            onCameraTake={() => props.onCameraTake(index)}
            onCameraClose={props.onCameraClose}
          />
        ))}
      </div>
      <fieldset className="choices choices--list">
        <legend className="sr-only">{t('question.label')}</legend>
        {QUESTION_IDS.map((id) => (
          <label key={id} className="choices__item">
            <input
              type="radio"
              name="photo-family"
              value={id}
              checked={family === id}
              onChange={() => props.onFamily(id)}
            />
            {t(questionWordingId(id))}
          </label>
        ))}
      </fieldset>
      <div className="dialog__row">
        <button
          type="button"
          className="button button--solid"
          disabled={!canAsk}
          aria-disabled={isWaiting}
          onClick={() => {
            if (!isWaiting) props.onAsk();
          }}
        >
          {isWaiting ? t('model.thinking') : t('photos.ask', { name: modelName ?? t('model.title') })}
        </button>
        {isWaiting && (
          <button type="button" className="button shown-late" onClick={props.onStop}>
            {t('model.ask.stop')}
          </button>
        )}
        {modelName === null && <span className="dialog__text">{t('photos.noModel')}</span>}
      </div>
      <div className="dialog__part" role="status">
        {answer.kind === 'failed' && (
          <p className="trial-failed">
            <MessageWith id="photos.failed">
              <EngineErrorText error={answer.error} />
            </MessageWith>
          </p>
        )}
        {answer.kind === 'answered' && (
          <>
            <h3>{t('photos.answer', { name: answer.modelName })}</h3>
            <p className="card__word">{optionText(t, answer.family, answer.scores.best)}</p>
            <ProbabilityBars question={answer.family} options={answer.scores.options} best={answer.scores.best} />
            {answer.scores.isAnswerOnly && <p className="dialog__text">{t('model.answerOnly')}</p>}
            <p className="dialog__text">{t('you.seconds', { seconds: formatSeconds(answer.scores.durationMs) })}</p>
            <p className="flag">{t('photos.truth')}</p>
          </>
        )}
      </div>
      {remoteHost === null && <p className="dialog__text">{t('photos.untrained')}</p>}
    </Dialog>
  );
}
