/** The truth in words of the asked frame, and the numbers behind it. Null keeps it hidden. */
import type { PageFamilyId, PageUndecidedReason } from '../questions/page-families';
import type { PairTruth, TruthFigure } from '../state/pair';
import { Card } from './card';
import { formatDeg, formatRatio, formatSigned, formatSignedDeg } from './format';
import type { MessageKey } from './i18n/en';
import { sentencesJoin } from './i18n/joined';
import { useT } from './i18n/use-t';
import { LookAlikeNote, type LookAlikeSearch } from './look-alike-note';
import { optionText } from './option-text';
import { Term } from './term';
import { TruthMatrices } from './truth-matrices';

export interface TruthCardProps {
  readonly question: PageFamilyId;
  readonly truth: PairTruth | null;
  /** Nothing is kept back: there only is no object yet. */
  readonly isWaiting: boolean;
  /** Shows the truth without an answer; null where there is no pair yet. */
  readonly onGiveUp: (() => void) | null;
  /** How the movement looks in the pictures, in sentences; empty where there is nothing to say. */
  readonly why: readonly string[];
  /** Whether the second picture could be another; null while nothing is looked for. */
  readonly lookAlike: LookAlikeSearch | null;
  /** The number that is pointed at or has the focus; null when it no longer is. */
  readonly onFigure: (figure: TruthFigure | null) => void;
}

/** Each family has its own line below which nothing is called. */
function undecidedWhy(family: PageFamilyId, reason: PageUndecidedReason): MessageKey {
  if (reason === 'too-close' && TOO_CLOSE_FAMILIES.has(family)) return `truth.too-close.${family as TooCloseFamily}`;
  if (reason === 'not-covered' && family === 'decoupled') return 'truth.not-covered.decoupled';
  if (reason === 'not-covered' && family === 'vertical') return 'truth.not-covered.vertical';
  if (reason === 'not-covered' && family === 'facing') return 'truth.not-covered.facing';
  return `truth.${reason}.why`;
}

type TooCloseFamily = 'vertical' | 'distance' | 'decoupled' | 'facing';
const TOO_CLOSE_FAMILIES: ReadonlySet<PageFamilyId> = new Set(['vertical', 'distance', 'decoupled', 'facing']);

const SIDE_WORD_MIN_DEG = 0.05;

export function TruthCard({ question, truth, isWaiting, onGiveUp, why, lookAlike, onFigure }: TruthCardProps) {
  const t = useT();
  if (isWaiting) {
    return (
      <Card id="truth" title={t('truth.title')} quiet>
        <p className="card__text">{t('truth.waits')}</p>
      </Card>
    );
  }
  if (!truth) {
    return (
      <Card id="truth" title={t('truth.title')} quiet>
        <p className="card__word card__word--soft">{t('truth.hidden')}</p>
        <p className="card__text">{t('truth.hidden.hint')}</p>
        {onGiveUp && (
          <p className="row">
            <button type="button" className="button button--quiet" onClick={onGiveUp}>
              {t('truth.show')}
            </button>
            <span className="card__text">{t('truth.show.cost')}</span>
          </p>
        )}
      </Card>
    );
  }
  const { answer, change, relative } = truth;
  const yawDeg = relative.yawRightDeg;
  const yawKey: MessageKey = yawDeg > 0 ? 'truth.toRight' : 'truth.toLeft';
  const rows = [
    ['azimuth', formatSignedDeg(change.deltaAzimuthDeg), 'term.azimuth'],
    ['elevation', formatSignedDeg(change.deltaElevationDeg), 'term.elevation'],
    ['distance', `${formatSigned(change.deltaDistanceM)} · ${formatRatio(change.distanceRatio)}`, 'term.distance'],
    [
      'yaw',
      Math.abs(yawDeg) < SIDE_WORD_MIN_DEG
        ? formatSignedDeg(yawDeg)
        : t(yawKey, { value: formatDeg(Math.abs(yawDeg), 1) }),
      'term.yaw',
    ],
    ['geodesic', formatSignedDeg(relative.geodesicDeg).replace('+', ''), 'term.geodesic'],
  ] as const;
  return (
    <Card id="truth" title={t('truth.title')} note={t('truth.from')}>
      {answer.kind === 'key' ? (
        <p className="card__word">{optionText(t, question, answer.key)}</p>
      ) : (
        <>
          <p className="card__word">{t(`truth.${answer.reason}`)}</p>
          <p className="card__text">{t(undecidedWhy(question, answer.reason))}</p>
        </>
      )}
      {typeof lookAlike === 'object' && lookAlike && <LookAlikeNote question={question} lookAlike={lookAlike} />}
      {why.length > 0 && <p className="why">{sentencesJoin(t, why)}</p>}
      <dl className="figures">
        {rows.map(([name, value, explanation]) => (
          <div
            key={name}
            onMouseEnter={() => onFigure(name)}
            onMouseLeave={() => onFigure(null)}
            onFocus={() => onFigure(name)}
            onBlur={() => onFigure(null)}
          >
            <dt>
              {t(`truth.${name}`)} <Term explanation={t(explanation)}>{t(`truth.${name}.term`)}</Term>
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {answer.kind === 'key' && (lookAlike === null || typeof lookAlike === 'string') && (
        <p className="card__text card__text--line">{lookAlike && t(`alike.${lookAlike}`)}</p>
      )}
      <TruthMatrices relative={relative} />
    </Card>
  );
}
