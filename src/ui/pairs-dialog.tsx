/** A pair by its number and difficulty, and how balanced the pairs are. */
import type { PageFamilyId } from '../questions/page-families';
import type { PairSetCard, PairSetLack } from '../state/pair-set-card';
import { Dialog } from './dialog';
import { formatPercent } from './format';
import type { MessageKey } from './i18n/en';
import { sentencesJoin } from './i18n/joined';
import { useT } from './i18n/use-t';
import { optionText } from './option-text';
import { PairNumberForm } from './pair-number-form';

export interface PairsDialogProps {
  readonly question: PageFamilyId;
  readonly objectName: string;
  readonly seed: number;
  readonly level: number;
  readonly card: PairSetCard | PairSetLack;
  readonly onLevel: (level: number) => void;
  readonly onDeal: (seed: number) => void;
  readonly onClose: () => void;
}

const LACK_KEYS: Readonly<Record<PairSetLack, MessageKey>> = {
  loading: 'object.loading',
  failed: 'view.failed',
  'no-front': 'pairs.card.noFront',
  'own-words': 'pairs.card.ownWords',
};

export function PairsDialog({ question, objectName, seed, level, card, onLevel, onDeal, onClose }: PairsDialogProps) {
  const t = useT();
  return (
    <Dialog title={t('pairs.title')} onClose={onClose}>
      <section className="dialog__part">
        <p className="dialog__text">{t('pairs.text')}</p>
        <PairNumberForm seed={seed} level={level} onLevel={onLevel} onDeal={onDeal} />
      </section>
      <section className="dialog__part">
        <h3>{t('pairs.card')}</h3>
        {typeof card === 'string' ? (
          <p className="dialog__text">{t(LACK_KEYS[card], { object: objectName })}</p>
        ) : (
          <Card question={question} objectName={objectName} card={card} />
        )}
      </section>
    </Dialog>
  );
}

interface CardProps {
  readonly question: PageFamilyId;
  readonly objectName: string;
  readonly card: PairSetCard;
}

function Card({ question, objectName, card }: CardProps) {
  const t = useT();
  const { n, answers, bestConstantShare } = card;
  return (
    <>
      <p className="dialog__text">
        {sentencesJoin(t, [
          t('pairs.card.text', { family: t(`family.${question}`), object: objectName, n }),
          t('pairs.card.constant', { share: formatPercent(bestConstantShare) }),
        ])}
      </p>
      <ul className="bars">
        {answers.map(({ key, count }) => (
          <li key={key}>
            <span>
              {question === 'magnitude' ? t('pairs.card.place', { place: key }) : optionText(t, question, key)}
            </span>
            <i aria-hidden="true">
              <b style={{ width: `${(100 * count) / n}%` }} />
            </i>
            <span className="bars__value">{count}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
