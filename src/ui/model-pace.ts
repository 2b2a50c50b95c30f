/** How fast a text was written: tokens, their rate after the first, and the wait for the first. */
import type { AnswerPace } from '../inference/engine';
import { formatSeconds } from './format';
import type { Translate } from './i18n/translate';

/** More than any model writes: what comes this fast was written before and arrived at once. */
const MAX_TOKENS_PER_SECOND = 10_000;

/** Of the tokens after the first, which waits for the pictures and the question; null when that can't be told. */
function tokensPerSecond({ tokens, firstTokenMs, durationMs }: AnswerPace): number | null {
  const writingMs = durationMs - firstTokenMs;
  const rate = tokens > 1 && writingMs > 0 ? (1000 * (tokens - 1)) / writingMs : null;
  return rate !== null && rate < MAX_TOKENS_PER_SECOND ? rate : null;
}

export function paceText(t: Translate, pace: AnswerPace): string {
  const { tokens, firstTokenMs } = pace;
  const rate = tokensPerSecond(pace);
  const parts = [
    ...(tokens > 0 ? [t(tokens === 1 ? 'model.pace.token' : 'model.pace.tokens', { count: tokens })] : []),
    ...(rate === null ? [] : [t('model.pace.rate', { rate: rate.toFixed(rate < 9.95 ? 1 : 0) })]),
    t('model.pace.first', { seconds: formatSeconds(firstTokenMs) }),
  ];
  return parts.join(' · ');
}
