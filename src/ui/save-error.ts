/** Why nothing could be saved: thrown as a code, put into words where it is shown. */

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
