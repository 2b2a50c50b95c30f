/** The model's column: loading, waiting for the person, answering, answered. */
import type { ReactNode } from 'react';
import { pairQuestionOf, type PageFamilyId } from '../questions/page-families';
import type { DeviceInfo, EngineErrorData } from '../inference/engine';
import type { Verdict } from '../questions/grade';
import type { ModelAnswer, ModelSeat, ModelStatus, Reasoning, SwapCheck } from '../state/model-slice';
import type { RangeIssue } from '../state/training-range';
import { Card } from './card';
import { EngineErrorText } from './engine-error-text';
import { formatSeconds } from './format';
import { listJoin } from './i18n/joined';
import type { Translate } from './i18n/translate';
import { useT } from './i18n/use-t';
import { optionText } from './option-text';
import { FallbackWhy } from './fallback-why';
import { ModelAnswers } from './model-answers';
import { ModelLoading } from './model-loading';
import { ProbabilityBars } from './probability-bars';
import { ReasoningFold } from './reasoning-fold';
import { SwapCheckPanel } from './swap-check';
import { VerdictChip } from './verdict-chip';

export interface ModelCardProps {
  readonly seat: ModelSeat;
  readonly status: ModelStatus;
  /** The answer about the pair and question on screen. */
  readonly answer: ModelAnswer;
  /** Worked out before the page was built. */
  readonly isPreset: boolean;
  readonly swapCheck: SwapCheck;
  readonly reasoning: Reasoning;
  readonly question: PageFamilyId;
  /** A question in own words that nobody has asked about this pair yet. */
  readonly isWordless: boolean;
  readonly verdict: Verdict | null;
  /** False: the person has not answered yet. */
  readonly revealed: boolean;
  readonly rangeIssues: readonly RangeIssue[];
  /** The model was not trained for this kind of question. */
  readonly isUntrained: boolean;
  /** Explore only: whether it answers by itself. */
  readonly askAtRest: boolean | null;
  readonly onAskAtRest: (askAtRest: boolean) => void;
  readonly onLoad: () => void;
  readonly onLoadStop: () => void;
  readonly onAsk: () => void;
  /** Ends an answer in own words where it is. */
  readonly onAskStop: () => void;
  readonly onPeek: () => void;
  readonly onSwapAsk: () => void;
  /** A button of the card's head: the settings, or to send the rival away. */
  readonly action: ReactNode;
  readonly onReason: () => void;
  readonly onReasonStop: () => void;
}

type AnswerOf<K extends ModelAnswer['kind']> = Extract<ModelAnswer, { kind: K }>;

/** Where the answer came from, and how long it took once there is one. */
function placeNote(t: Translate, { backend, adapter }: DeviceInfo, durationMs: number | null): string {
  const place = backend === 'webgpu' ? 'gpu' : backend === 'wasm' ? 'cpu' : 'remote';
  if (durationMs === null) return t(`model.${place}.idle`, { host: adapter });
  return t(`model.${place}`, { host: adapter, seconds: formatSeconds(durationMs) });
}

export function ModelCard(props: ModelCardProps) {
  const t = useT();
  const { seat, status, answer, revealed, askAtRest, action } = props;
  if (status.kind !== 'ready') {
    const shown = answer.kind === 'answered' ? answer : null;
    return (
      <Card id={seat} title={t('model.title')} action={action} quiet={!shown || !revealed}>
        {shown && <EarlierAnswer {...props} answer={shown} />}
        <ModelLoading status={status} onLoad={props.onLoad} onLoadStop={props.onLoadStop} />
      </Card>
    );
  }
  const { device, modelName } = status.model;
  const isAnswered = revealed && (answer.kind === 'answered' || (answer.kind === 'said' && answer.pace !== null));
  const note = placeNote(t, device, isAnswered ? answer.durationMs : null);
  return (
    <Card id={seat} title={t('model.titled', { name: modelName })} note={note} action={action} quiet={!isAnswered}>
      {props.isUntrained && <p className="flag">{t('model.untrained')}</p>}
      {revealed ? <ModelSays {...props} isRemote={device.backend === 'remote'} /> : <ModelHolds {...props} />}
      {askAtRest !== null && (
        <div className="row row--spread">
          <label className="check">
            <input
              type="checkbox"
              checked={askAtRest}
              onChange={(event) => props.onAskAtRest(event.currentTarget.checked)}
            />
            {t('model.askAtRest')}
          </label>
          {!askAtRest && (
            <button type="button" className="button" onClick={props.onAsk}>
              {t('model.ask')}
            </button>
          )}
        </div>
      )}
      {device.backend === 'wasm' && device.threads === 1 && <p className="card__text">{t('model.oneThread')}</p>}
      {revealed && device.fallbackReason !== '' && <FallbackWhy device={device} />}
      {device.backend === 'remote' && <p className="card__text">{t('model.remote.sent', { host: device.adapter })}</p>}
    </Card>
  );
}

interface AnswerHeadProps extends Pick<ModelCardProps, 'question' | 'verdict'> {
  readonly answer: AnswerOf<'answered'>;
}

/** The answer in words, whether it is right, and how sure the model is of each option. */
function AnswerHead({ question, answer, verdict }: AnswerHeadProps) {
  const t = useT();
  return (
    <>
      <p className="card__word">
        {optionText(t, question, answer.best)}
        {verdict && <VerdictChip verdict={verdict} />}
      </p>
      <ProbabilityBars question={question} options={answer.options} best={answer.best} />
    </>
  );
}

/** An answer that is there while the model is not: worked out beforehand, and said to be so, or from before it went. */
function EarlierAnswer(props: Omit<ModelCardProps, 'answer'> & { readonly answer: AnswerOf<'answered'> }) {
  const t = useT();
  const { answer, isPreset, revealed, question, verdict } = props;
  if (!revealed) return <p className="card__text">{t('model.preset.held')}</p>;
  return (
    <div className="card__part card__part--wide" data-preset={isPreset || undefined}>
      <AnswerHead question={question} answer={answer} verdict={verdict} />
      {isPreset && <p className="flag">{t('model.preset')}</p>}
    </div>
  );
}

/** Why there is no answer, and another try. */
function ModelFailed({ error, onAsk }: { readonly error: EngineErrorData; readonly onAsk: () => void }) {
  const t = useT();
  return (
    <div className="card__part" role="alert">
      <p className="card__text">
        <EngineErrorText error={error} />
      </p>
      <button type="button" className="button" onClick={onAsk}>
        {t('model.retry')}
      </button>
    </div>
  );
}

/** Nothing that could give the answer away, neither to eyes nor to assistive technology. */
function ModelHolds(props: Pick<ModelCardProps, 'answer' | 'isWordless' | 'onPeek' | 'onAsk'>) {
  const { answer, isWordless, onPeek, onAsk } = props;
  const t = useT();
  if (isWordless) return <p className="card__text">{t('model.waitsForWords')}</p>;
  if (answer.kind === 'failed') return <ModelFailed error={answer.error} onAsk={onAsk} />;
  const isReady = answer.kind === 'answered' || answer.kind === 'said';
  return (
    <>
      <p className="card__word card__word--soft">{t(isReady ? 'model.ready' : 'model.thinking')}</p>
      <p className="card__text">{t('model.ready.guess')}</p>
      <p className="row">
        <button type="button" className="button button--quiet" onClick={onPeek} disabled={!isReady}>
          {t('model.peek')}
        </button>
        <span className="card__text">{t('model.peek.cost')}</span>
      </p>
    </>
  );
}

function ModelSays(props: ModelCardProps & { readonly isRemote: boolean }) {
  const t = useT();
  const { answer, question, isRemote, verdict, rangeIssues, reasoning, swapCheck } = props;
  switch (answer.kind) {
    case 'none':
      if (props.isWordless) return <p className="card__text">{t('model.waitsForWords')}</p>;
      if (props.askAtRest !== false) return <p className="card__text">{t('model.moving')}</p>;
      return <p className="card__text">{t(isRemote ? 'choose.remote.rest' : 'model.about')}</p>;
    case 'waiting':
    case 'said':
      return (
        <ModelAnswers answer={answer} isFree={question === 'free'} onStop={props.onAskStop} onRetry={props.onAsk} />
      );
    case 'failed':
      return <ModelFailed error={answer.error} onAsk={props.onAsk} />;
    case 'answered':
      return (
        <>
          <AnswerHead question={question} answer={answer} verdict={verdict} />
          {answer.isAnswerOnly && <p className="card__text">{t('model.answerOnly')}</p>}
          {pairQuestionOf(question) && (
            <div className="model-tools">
              <SwapCheckPanel question={question} best={answer.best} check={swapCheck} onAsk={props.onSwapAsk} />
            </div>
          )}
          {rangeIssues.length > 0 && (
            <p className="flag">
              {t('model.range', {
                issues: listJoin(
                  t,
                  rangeIssues.map((issue) => t(`range.${issue}`)),
                ),
              })}
            </p>
          )}
          <ReasoningFold
            question={question}
            reasoning={reasoning}
            onStart={props.onReason}
            onStop={props.onReasonStop}
          />
        </>
      );
  }
}
