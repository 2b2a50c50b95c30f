/** An answer on its way. Most scored ones are there before the button is. */
import { English } from './english';
import { useT } from './i18n/use-t';

export interface ModelAnswersProps {
  /** An answer in own words, as far as it has come. */
  readonly text: string;
  readonly isScored: boolean;
  readonly onStop: () => void;
}

export function ModelAnswers({ text, isScored, onStop }: ModelAnswersProps) {
  const t = useT();
  return (
    <>
      <p className="card__word card__word--soft">{text === '' ? t('model.thinking') : <English words={text} />}</p>
      <p className={isScored ? 'row shown-late' : 'row'}>
        <button type="button" className="button" onClick={onStop}>
          {t('model.ask.stop')}
        </button>
      </p>
    </>
  );
}
