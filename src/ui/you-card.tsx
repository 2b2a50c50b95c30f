/** The person's answer, its verdict and the score. */
import type { ReactNode } from 'react';
import type { PageFamilyId } from '../questions/page-families';
import type { Verdict } from '../questions/grade';
import { LEVEL_MAX, type Run } from '../state/guess-level';
import type { Tally } from '../state/storage-codec';
import { Card } from './card';
import { formatSeconds } from './format';
import { sentencesJoin } from './i18n/joined';
import type { Translate } from './i18n/translate';
import { useT } from './i18n/use-t';
import { optionText } from './option-text';
import { VerdictChip } from './verdict-chip';

export interface YouCardProps {
  readonly question: PageFamilyId;
  readonly answer: string | null;
  readonly verdict: Verdict | null;
  readonly answerMs: number | null;
  readonly mode: 'guess' | 'explore';
  readonly score: Tally;
  readonly hardest: PageFamilyId | null;
  /** The truth was asked for instead of an answer. */
  readonly gaveUp: boolean;
  /** Why the answer does not or will not count. */
  readonly uncounted: 'notCounted' | 'repeat' | null;
  /** An answer to an earlier pair was taken back. */
  readonly tookBack: boolean;
  readonly run: Run;
  /** Difficulty of the next pair. */
  readonly levelNext: number;
  readonly hasKeys: boolean;
  /** The page's menu, where keys are switched on and off, is shown. */
  readonly hasMenu: boolean;
  readonly onReset: () => void;
  /** Said to somebody new before the first answer. */
  readonly welcome: ReactNode;
}

export function YouCard(props: YouCardProps) {
  const { question, answer, verdict, answerMs, mode, score, hardest, uncounted } = props;
  const t = useT();
  if (props.gaveUp) {
    return (
      <Card id="you" title={t('you.title')} quiet>
        <p className="card__word card__word--soft">{t('you.gaveUp')}</p>
        <p className="card__text">{t('you.gaveUp.text')}</p>
        <Level level={props.run.level} />
      </Card>
    );
  }
  if (answer === null) {
    return (
      <Card id="you" title={t('you.title')} quiet>
        <p className="card__word">{t('you.waiting')}</p>
        {mode === 'explore' ? (
          <p className="card__text">{t('you.optional')}</p>
        ) : question === 'free' ? (
          <p className="card__text">{t('you.free')}</p>
        ) : (
          <>
            <p className="card__text only-keys">{sentencesJoin(t, [t('you.hint'), keysText(t, props)])}</p>
            <p className="card__text only-touch">{t('you.hint')}</p>
          </>
        )}
        {mode === 'guess' && uncounted === 'repeat' && <p className="card__text">{t('you.repeat')}</p>}
        {mode === 'guess' && <TookBack {...props} />}
        {mode === 'guess' && score.total > 0 && <p className="card__text">{t('you.score', { ...score })}</p>}
        {mode === 'guess' && <Level level={props.run.level} />}
        {props.welcome}
      </Card>
    );
  }
  const note = answerMs === null ? undefined : t('you.seconds', { seconds: formatSeconds(answerMs) });
  return (
    <Card id="you" title={t('you.title')} note={note}>
      <p className="card__word">
        {optionText(t, question, answer)}
        {verdict && <VerdictChip verdict={verdict} />}
      </p>
      {mode === 'guess' && (
        <>
          <ScoreDots score={score} />
          <p className="card__text">
            {sentencesJoin(t, [
              t('you.score', { ...score }),
              hardest && t('you.hardest', { family: t(`family.${hardest}`) }),
            ])}
          </p>
          <RunLine {...props} />
          <TookBack {...props} />
          {uncounted && <p className="card__text">{t(`you.${uncounted}`)}</p>}
        </>
      )}
    </Card>
  );
}

function TookBack({ tookBack }: YouCardProps) {
  const t = useT();
  return tookBack && <p className="card__text">{t('you.tookBack')}</p>;
}

/** Whether the number keys answer, and where that is changed. */
function keysText(t: Translate, { hasKeys, hasMenu }: YouCardProps): string | null {
  if (hasKeys) return t(hasMenu ? 'you.keys.menu' : 'you.keys');
  return hasMenu ? t('you.keys.off') : null;
}

/** The row of correct answers, where difficulty goes next, and the way to start again. */
function RunLine({ run, levelNext, score, uncounted, onReset }: YouCardProps) {
  const t = useT();
  const change = levelNext > run.level ? 'harder' : levelNext < run.level ? 'easier' : null;
  return (
    <>
      {run.bestStreak > 1 && <p className="card__text">{t('you.streak', { now: run.streak, best: run.bestStreak })}</p>}
      <div className="row row--spread">
        <Level level={levelNext} change={change} />
        {(score.total > 0 || uncounted === 'repeat') && (
          <button type="button" className="button button--quiet" onClick={onReset}>
            {t('you.reset')}
          </button>
        )}
      </div>
    </>
  );
}

interface LevelProps {
  readonly level: number;
  readonly change?: 'harder' | 'easier' | null;
}

function Level({ level, change = null }: LevelProps) {
  const t = useT();
  const text = t('you.level', { level: level + 1, of: LEVEL_MAX + 1 });
  return (
    <p className="level">
      <span className="level__dots" aria-hidden="true">
        {Array.from({ length: LEVEL_MAX + 1 }, (_, index) => (
          <i key={index} data-on={index <= level} />
        ))}
      </span>
      {sentencesJoin(t, [text, change && t(`you.${change}`)])}
    </p>
  );
}

/** The share of correct answers as a thin bar. */
function ScoreDots({ score }: { readonly score: Tally }) {
  const share = score.total === 0 ? 0 : score.correct / score.total;
  return (
    <div className="meter" aria-hidden="true">
      <i style={{ width: `${share * 100}%` }} />
    </div>
  );
}
