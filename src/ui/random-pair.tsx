/** Explore: a pair drawn by number and difficulty, the same for everybody who names both. */
import { PairNumberForm, type PairNumberFormProps } from './pair-number-form';
import { useT } from './i18n/use-t';

export interface RandomPairProps extends Omit<PairNumberFormProps, 'children'> {
  /** Draws a number that nobody chose. */
  readonly onDraw: () => void;
}

export function RandomPair({ onDraw, ...form }: RandomPairProps) {
  const t = useT();
  return (
    <details className="fold tools__draw">
      <summary>{t('draw.title')}</summary>
      <p className="dialog__text">{t('draw.text')}</p>
      <PairNumberForm {...form}>
        <button type="button" className="button" onClick={onDraw}>
          {t('draw.any')}
        </button>
      </PairNumberForm>
    </details>
  );
}
