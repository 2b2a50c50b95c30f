/** Why nothing could be saved: thrown as a code, put into words where it is shown. */
import type { Translate } from './i18n/translate';

/**
 * The object is still loading; the pair has no right answer; the browser gives no canvas, makes no PNG of it, or does not
 * read it back.
 */
export type SaveErrorCode = 'loading' | 'ungraded' | 'canvas' | 'png' | 'unread';

export class SaveError extends Error {
  readonly code: SaveErrorCode;
  constructor(code: SaveErrorCode) {
    super(code);
    this.name = 'SaveError';
    this.code = code;
  }
}

/** Of other errors, what they say themselves. */
export function saveErrorWords(t: Translate, error: unknown): string {
  if (error instanceof SaveError) return t(`save.error.${error.code}`);
  return t('save.error.other', { message: error instanceof Error ? error.message : String(error) });
}
