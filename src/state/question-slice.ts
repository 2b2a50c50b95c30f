/** Which question is asked, in whose words, and the person's own answer in Explore. */
import type { PageFamilyId } from '../questions/page-families';
import type { SliceContext } from './app-state';
import { ownWordsOf } from './own-words';

export interface QuestionSlice {
  readonly family: PageFamilyId;
  /** The question of the family `free`; empty until somebody has asked one. */
  readonly ownWords: string;
  /** Explore only; Guess keeps its answer with the pair. An option's key. */
  readonly answer: string | null;
  familySet(family: PageFamilyId): void;
  /** Asks the question of the family `free`. */
  ownWordsSet(text: string): void;
  answerSet(answer: string | null): void;
}

/** Two questions with the same id are the same question, whatever the pair. */
export const questionId = ({ family, ownWords }: Pick<QuestionSlice, 'family' | 'ownWords'>): string =>
  family === 'free' ? `free:${ownWords}` : family;

export function questionSlice({ set, get, start }: SliceContext): QuestionSlice {
  const patch = (part: Partial<QuestionSlice>): void => set((state) => ({ question: { ...state.question, ...part } }));
  return {
    family: start.url.family,
    ownWords: start.url.ownWords,
    answer: null,
    familySet: (family) => {
      if (family === get().question.family) return;
      patch({ family, answer: null });
      get().view.sceneRenew();
      get().guess.pairRenew();
    },
    ownWordsSet: (text) => patch({ ownWords: ownWordsOf(text) }),
    answerSet: (answer) => patch({ answer }),
  };
}
