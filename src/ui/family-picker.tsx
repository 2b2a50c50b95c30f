/** Which question is asked: the paper's three side by side, the others in a list beside them. */
import { isQuestionId, QUESTION_IDS } from '../questions/families';
import { PAGE_FAMILY_IDS, type PageFamilyId } from '../questions/page-families';
import { useT } from './i18n/use-t';

/** The object has no marked front; nobody is there who answers. */
export type Impossible = Readonly<Partial<Record<PageFamilyId, 'noFront' | 'noModel'>>>;

export interface FamilyPickerProps {
  readonly family: PageFamilyId;
  /** Families that the model was not trained for. */
  readonly untrained: readonly PageFamilyId[];
  /** Families that cannot be asked here, and why. */
  readonly impossible: Impossible;
  readonly onFamily: (family: PageFamilyId) => void;
}

const MORE_IDS = PAGE_FAMILY_IDS.filter((id) => !isQuestionId(id));

export function FamilyPicker({ family, untrained, impossible, onFamily }: FamilyPickerProps) {
  const t = useT();
  const isMore = !isQuestionId(family);
  const moreText = (id: PageFamilyId): string => {
    const note = impossible[id] ?? (untrained.includes(id) ? 'untrained' : null);
    return note ? `${t(`family.${id}`)} · ${t(`family.${note}`)}` : t(`family.${id}`);
  };
  return (
    <fieldset className="families">
      <legend className="sr-only">{t('family.label')}</legend>
      {QUESTION_IDS.map((id) => (
        <label key={id} className="family">
          <input type="radio" name="family" value={id} checked={id === family} onChange={() => onFamily(id)} />
          <span>{t(`family.${id}`)}</span>
        </label>
      ))}
      <select
        className="family-more"
        aria-label={t('family.more')}
        data-chosen={isMore}
        value={isMore ? family : ''}
        onChange={(event) => {
          const chosen = MORE_IDS.find((id) => id === event.currentTarget.value);
          if (chosen) onFamily(chosen);
        }}
      >
        <option value="" disabled hidden>
          {t('family.more')}
        </option>
        {MORE_IDS.map((id) => (
          <option key={id} value={id} disabled={impossible[id] !== undefined}>
            {moreText(id)}
          </option>
        ))}
      </select>
    </fieldset>
  );
}
