/** The person's answer. */
import { isPartShown } from '../state/page-parts';
import { pairVerdict } from '../state/pair';
import { scoreHardest, scoreSum } from '../state/storage-codec';
import { TourOffer } from '../ui/tour-offer';
import { YouCard } from '../ui/you-card';
import { useAppState, useIsOnScreen, useServices } from './services';
import { useIsUntold } from './use-ambiguity';

export interface YouColumnProps {
  readonly onTour: () => void;
}

export function YouColumn({ onTour }: YouColumnProps) {
  const { store } = useServices();
  const mode = useAppState(({ view }) => view.mode);
  const family = useAppState(({ question }) => question.family);
  const guess = useAppState((state) => state.guess);
  const explorePair = useAppState(({ view }) => view.pair);
  const exploreAnswer = useAppState(({ question }) => question.answer);
  // While cameras move the truth beside it is about other pictures already.
  const isStill = useIsOnScreen(explorePair);
  const isUntold = useIsUntold();
  const exploreVerdict =
    exploreAnswer !== null && explorePair && isStill ? pairVerdict(explorePair, family, exploreAnswer, isUntold) : null;
  // An embedded page is a part of somebody else's lesson.
  const isTourOffered = useAppState(({ settings }) => !settings.tourSeen && !settings.shape.isEmbedded);
  const singleKeys = useAppState(({ settings }) => settings.singleKeys);
  const hasMenu = useAppState(({ settings }) => isPartShown(settings.shape, 'header'));
  const isGuess = mode === 'guess';
  return (
    <YouCard
      mode={mode}
      question={family}
      answer={isGuess ? guess.answer : exploreAnswer}
      verdict={isGuess ? guess.verdict : exploreVerdict}
      answerMs={isGuess ? guess.answerMs : null}
      score={scoreSum(guess.score)}
      hardest={scoreHardest(guess.score)}
      gaveUp={isGuess && guess.gaveUp}
      uncounted={guess.isRepeat ? 'repeat' : guess.peeked ? 'notCounted' : null}
      tookBack={guess.tookBack}
      run={guess.run}
      levelNext={guess.levelNext}
      hasKeys={singleKeys}
      hasMenu={hasMenu}
      onReset={() => store.getState().guess.scoreReset()}
      welcome={isTourOffered && <TourOffer onStart={onTour} onDecline={() => store.getState().settings.tourEnd()} />}
    />
  );
}
