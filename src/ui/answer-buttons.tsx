/** The answers, with their keys. After the answer: which was given, which is true, by a mark and a word. */
import type { KeyedText } from '../questions/broad-families';
import type { PageFamilyId } from '../questions/page-families';
import { useT } from './i18n/use-t';
import { optionText } from './option-text';

export interface AnswerButtonsProps {
  readonly question: PageFamilyId;
  readonly options: readonly KeyedText[];
  readonly answer: string | null;
  /** Known in Guess once it is over; null keeps it hidden. */
  readonly trueKey: string | null;
  /** No further answer is taken. */
  readonly locked: boolean;
  /** No answer is taken yet. */
  readonly disabled: boolean;
  /** Number keys answer. */
  readonly hasKeys: boolean;
  readonly onAnswer: (key: string) => void;
}

const LEFT = 'M14 10H4m0 0 4.5-4.5M4 10l4.5 4.5';
const RIGHT = 'M6 10h10m0 0-4.5-4.5M16 10l-4.5 4.5';
const NONE = 'M10 4.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11';
const TURN_LEFT = 'M15 14a6 6 0 0 0-9.5-5M5.5 4.5V9H10';
const TURN_RIGHT = 'M5 14a6 6 0 0 1 9.5-5m0-4.5V9H10';

const ICONS: Readonly<Record<string, string>> = {
  left: LEFT,
  right: RIGHT,
  none: NONE,
  up: 'M10 15V5m0 0L5.5 9.5M10 5l4.5 4.5',
  down: 'M10 5v10m0 0-4.5-4.5M10 15l4.5-4.5',
  same: 'M5 8h10M5 12h10',
  closer: 'M10 6.5v7M6.5 10h7M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13',
  farther: 'M6.5 10h7M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13',
  'moved-left': LEFT,
  'moved-right': RIGHT,
  'turned-left': TURN_LEFT,
  'turned-right': TURN_RIGHT,
  neither: NONE,
};

const MARKS = { true: 'M4 10.5l4 4 8-9', wrong: 'M5.5 5.5l9 9m0-9l-9 9' } as const;

export function AnswerButtons(props: AnswerButtonsProps) {
  const { question, options, answer, trueKey, locked, disabled, hasKeys, onAnswer } = props;
  const t = useT();
  return (
    <div className="answers" data-count={options.length} role="group" aria-label={t('answers.label')}>
      {options.map(({ key }, index) => {
        const isTrue = trueKey === key;
        const isWrong = trueKey !== null && answer === key && !isTrue;
        const mark = isTrue ? 'true' : isWrong ? 'wrong' : null;
        // The sides of `facing` are the object's own: an arrow would point the wrong way.
        const icon = mark ? MARKS[mark] : question === 'facing' ? undefined : ICONS[key];
        return (
          <button
            key={key}
            type="button"
            className="answer"
            aria-pressed={answer === key}
            aria-keyshortcuts={hasKeys ? String(index + 1) : undefined}
            data-true={isTrue}
            data-wrong={isWrong}
            data-locked={locked}
            // Not `disabled`: whoever stands here keeps the place until the next pair is there.
            aria-disabled={locked || disabled}
            onClick={() => {
              if (!locked && !disabled) onAnswer(key);
            }}
          >
            {hasKeys && <kbd aria-hidden="true">{index + 1}</kbd>}
            {icon && (
              <svg viewBox="0 0 20 20" aria-hidden="true">
                <path d={icon} />
              </svg>
            )}
            {optionText(t, question, key)}
            {mark && <span className="sr-only">, {t(mark === 'true' ? 'answers.true' : 'verdict.wrong')}</span>}
          </button>
        );
      })}
    </div>
  );
}
