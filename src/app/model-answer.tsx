/** What the model of one seat says about the pair on screen. */
import { useMemo, type ReactNode } from 'react';
import { hasQuestion, pairCurrent, posesRevealed } from '../state/selectors';
import { askKey, type ModelAnswer as Answer, type ModelSeat, type SwapCheck } from '../state/model-slice';
import { modelKnows } from '../state/model-families';
import { pairVerdict } from '../state/pair';
import { questionId } from '../state/question-slice';
import { rangeIssues } from '../state/training-range';
import { ModelCard } from '../ui/model-card';
import { camerasRest } from './cameras-rest';
import { useAppState, useIsOnScreen, useServices } from './services';
import { useIsUntold } from './use-ambiguity';
import { usePresetAnswer } from './use-preset-answer';

const NO_ANSWER: Answer = { kind: 'none' };
const NO_CHECK: SwapCheck = { kind: 'none' };

export interface ModelAnswerProps {
  readonly seat: ModelSeat;
  /** A button of the card's head. */
  readonly action: ReactNode;
}

export function ModelAnswer({ seat, action }: ModelAnswerProps) {
  const services = useServices();
  const { store } = services;
  const mode = useAppState(({ view }) => view.mode);
  const family = useAppState(({ question }) => question.family);
  const isWordless = !useAppState(hasQuestion);
  const asked = useAppState(({ question }) => questionId(question));
  const pair = useAppState(pairCurrent);
  const model = useAppState((state) => state[seat]);
  const askAtRest = useAppState(({ settings }) => settings.askAtRest);
  const isRevealed = useAppState((state) => posesRevealed(state) || state.guess.peeked);
  // Before the person's own answer the truth stays hidden, even when the model's answer was asked for.
  const isTruthKnown = useAppState(posesRevealed);

  // While cameras move the truth beside it is about other pictures already.
  const isStill = useIsOnScreen(pair) || mode === 'guess';

  const key = pair && askKey(pair.key, asked);
  const isCurrent = model.answer.kind !== 'none' && model.answer.key === key;
  const isOwn = seat === 'model' && model.source.kind === 'own';
  const preset = usePresetAnswer(pair, isOwn && model.status.kind !== 'ready');
  const answer = useMemo((): Answer => {
    if (isCurrent) return model.answer;
    return preset && key ? { kind: 'answered', key, ...preset } : NO_ANSWER;
  }, [isCurrent, model.answer, preset, key]);
  const isUntold = useIsUntold();
  const verdict = useMemo(
    () =>
      isTruthKnown && isStill && pair && answer.kind === 'answered'
        ? pairVerdict(pair, family, answer.best, isUntold)
        : null,
    [isTruthKnown, isStill, pair, family, answer, isUntold],
  );
  // Nobody here knows what a model behind an endpoint was trained on.
  const isRemote = model.status.kind === 'ready' && model.status.model.device.backend === 'remote';
  const issues = useMemo(
    () => (isTruthKnown && pair && !isRemote ? rangeIssues(family, pair.a.orbit, pair.b.orbit) : []),
    [isTruthKnown, family, pair, isRemote],
  );
  const { swapCheck } = model;
  const isCheckCurrent = answer.kind === 'answered' && swapCheck.kind !== 'none' && swapCheck.key === answer.key;
  const { load, loadStop, ask, askStop, swapAsk, reason, reasonStop } = model;
  /** About the pictures on screen, though the cameras may still be on their way there. */
  const atRest = (act: () => Promise<void>) => (): void => {
    camerasRest(services);
    void act();
  };
  return (
    <ModelCard
      seat={seat}
      status={model.status}
      answer={answer}
      isPreset={!isCurrent && answer.kind === 'answered'}
      swapCheck={isCheckCurrent ? swapCheck : NO_CHECK}
      reasoning={model.reasoning}
      question={family}
      isWordless={isWordless}
      verdict={verdict}
      revealed={isRevealed}
      rangeIssues={issues}
      isUntrained={model.status.kind === 'ready' && !modelKnows(model.status.model, family)}
      askAtRest={mode === 'explore' ? askAtRest : null}
      action={action}
      onAskAtRest={(next) => store.getState().settings.askAtRestSet(next)}
      onLoad={() => void load()}
      onLoadStop={loadStop}
      onAsk={atRest(ask)}
      onAskStop={askStop}
      onPeek={() => store.getState().guess.peek()}
      onSwapAsk={atRest(swapAsk)}
      onReason={atRest(reason)}
      onReasonStop={reasonStop}
    />
  );
}
