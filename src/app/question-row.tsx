/** The question about the pair on screen, and the person's answer to it. */
import { useMemo } from 'react';
import { pageOptions } from '../questions/page-families';
import { isGuessOver } from '../state/guess-slice';
import { pairCurrent } from '../state/selectors';
import { hasMarkedFront } from '../state/marked-front';
import { familiesUntrained } from '../state/model-families';
import { isPartShown } from '../state/page-parts';
import { pairOptions, pairTruth } from '../state/pair';
import type { Impossible } from '../ui/family-picker';
import { QuestionBar } from '../ui/question-bar';
import { answerGive } from './answer-give';
import { camerasRest } from './cameras-rest';
import { modelsAsk } from './models-ask';
import { useAppState, useIsOnScreen, useServices } from './services';
import { useIsUntold } from './use-ambiguity';

export interface QuestionRowProps {
  readonly hasPictures: boolean;
  readonly onNewPair: () => void;
}

export function QuestionRow({ hasPictures, onNewPair }: QuestionRowProps) {
  const services = useServices();
  const { store } = services;
  const mode = useAppState(({ view }) => view.mode);
  const objectId = useAppState(({ view }) => view.objectId);
  const family = useAppState(({ question }) => question.family);
  const ownWords = useAppState(({ question }) => question.ownWords);
  const singleKeys = useAppState(({ settings }) => settings.singleKeys);
  const status = useAppState(({ model }) => model.status);
  const source = useAppState(({ model }) => model.source);
  const pair = useAppState(pairCurrent);
  const answer = useAppState(({ view, guess, question }) => (view.mode === 'guess' ? guess.answer : question.answer));
  const isGuess = mode === 'guess';
  const isOver = useAppState(({ guess }) => isGuess && isGuessOver(guess));
  const isUntold = useIsUntold();
  // While cameras move, the truth about the pair before is none about the pictures on screen.
  const isStill = useIsOnScreen(pair) || isGuess;
  const isMarked = (answer !== null || isOver) && isStill && !isUntold;
  const truth = isMarked && pair ? pairTruth(pair, family).answer : null;
  const options = useMemo(() => (pair ? pairOptions(pair, family) : pageOptions(family, null, '')), [pair, family]);
  const untrained = useMemo(() => familiesUntrained({ source, status }), [source, status]);
  const isModelShown = useAppState(({ settings }) => isPartShown(settings.shape, 'model'));
  const impossible = useMemo<Impossible>(
    () => ({
      ...(hasMarkedFront(objectId) ? {} : { facing: 'noFront' }),
      ...(isModelShown ? {} : { free: 'noModel' }),
    }),
    [objectId, isModelShown],
  );
  const give = (key: string): void => answerGive(services, key);
  return (
    <QuestionBar
      question={family}
      options={options}
      answer={answer}
      trueKey={truth?.kind === 'key' ? truth.key : null}
      locked={isOver}
      disabled={!hasPictures || pair === null}
      hasKeys={singleKeys}
      untrained={untrained}
      impossible={impossible}
      pairKey={pair?.key ?? ''}
      ownWords={ownWords}
      onNext={isOver ? onNewPair : null}
      onAnswer={give}
      onOwnWords={(words) => {
        store.getState().question.ownWordsSet(words);
        give(words);
        modelsAsk(services);
      }}
      onFamily={(next) => {
        // About the pictures on screen: cameras still on their way would be set back to where they last stood.
        camerasRest(services);
        store.getState().question.familySet(next);
      }}
    />
  );
}
