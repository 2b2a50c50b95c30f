/** How long something will still take, as a person would say it: rounder the longer it is. */
import type { Translate } from './i18n/translate';

const MINUTE_MS = 60_000;

export function timeLeft(t: Translate, remainingMs: number): string {
  const seconds = remainingMs / 1000;
  if (seconds < 5) return t('time.left.few');
  if (seconds < 55)
    return t('time.left.seconds', { count: seconds < 20 ? Math.round(seconds) : Math.round(seconds / 5) * 5 });
  if (remainingMs < 1.5 * MINUTE_MS) return t('time.left.minute');
  const minutes = Math.round(remainingMs / MINUTE_MS);
  return minutes <= 60 ? t('time.left.minutes', { count: minutes }) : t('time.left.long');
}
