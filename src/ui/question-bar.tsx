/** The question, its kind, the answers and the way on. */
import { angleOption } from '../questions/broad-families';
import type { PageFamilyId } from '../questions/page-families';
import { AngleEntry } from './angle-entry';
import { AnswerButtons, type AnswerButtonsProps } from './answer-buttons';
import { FamilyPicker, type Impossible } from './family-picker';
import { useT } from './i18n/use-t';
import { WordsEntry } from './words-entry';

export interface QuestionBarProps extends AnswerButtonsProps {
  readonly untrained: readonly PageFamilyId[];
  readonly impossible: Impossible;
  /** Changes with the pair. */
  readonly pairKey: string;
  /** The question of `free`. */
  readonly ownWords: string;
  /** Guess, answered or given up: offers the next pair. */
  readonly onNext: (() => void) | null;
  readonly onOwnWords: (words: string) => void;
  readonly onFamily: (family: PageFamilyId) => void;
}

/** Families whose sides or signs need a word. */
type FrameNote = 'object-translation' | 'decoupled' | 'magnitude' | 'facing' | 'free';
const FRAME_NOTES: readonly FrameNote[] = ['object-translation', 'decoupled', 'magnitude', 'facing', 'free'];

export function QuestionBar(props: QuestionBarProps) {
  const t = useT();
  const { question, hasKeys, onNext } = props;
  const note = FRAME_NOTES.find((id) => id === question);
  const isClosed = props.disabled || props.locked;
  return (
    <section className="question" id="question" aria-label={t('question.label')} tabIndex={-1}>
      <div className="question__text">
        <FamilyPicker
          family={question}
          untrained={props.untrained}
          impossible={props.impossible}
          onFamily={props.onFamily}
        />
        <h1>{t(`question.${question}`)}</h1>
        {note && <p className="question__frame">{t(`frame.${note}`)}</p>}
      </div>
      <div className="question__act">
        {question === 'free' ? (
          <WordsEntry words={props.ownWords} disabled={isClosed} onWords={props.onOwnWords} />
        ) : (
          <AnswerButtons {...props} />
        )}
        {question === 'magnitude' && (
          <AngleEntry
            key={props.pairKey}
            disabled={isClosed}
            onAngle={(angleDeg) => props.onAnswer(angleOption(angleDeg).key)}
          />
        )}
        {onNext && (
          <button
            type="button"
            className="button button--solid button--next"
            aria-keyshortcuts={hasKeys ? 'N' : undefined}
            onClick={onNext}
          >
            {t('pair.next')}
            {hasKeys && <kbd aria-hidden="true">N</kbd>}
          </button>
        )}
      </div>
    </section>
  );
}
