/** The model's calibrated share for every option; the true one carries a tick once it is known. */
import type { PageFamilyId } from '../questions/page-families';
import { formatPercent } from './format';
import { useT } from './i18n/use-t';
import { optionText } from './option-text';

export interface ProbabilityBarsProps {
  readonly question: PageFamilyId;
  readonly options: readonly { readonly key: string; readonly probability: number }[];
  readonly best: string;
}

export function ProbabilityBars({ question, options, best }: ProbabilityBarsProps) {
  const t = useT();
  return (
    <ul className="bars" aria-label={t('model.probability')}>
      {options.map(({ key, probability }) => (
        <li key={key} data-best={key === best}>
          <span>{optionText(t, question, key)}</span>
          <i aria-hidden="true">
            <b style={{ width: `${probability * 100}%` }} />
          </i>
          <span className="bars__value">{formatPercent(probability)}</span>
        </li>
      ))}
    </ul>
  );
}
