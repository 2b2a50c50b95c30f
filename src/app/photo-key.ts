/** A name for two photos by what is in them: the engine keeps what it has seen of a pair under its key. */
import type { ViewPixels } from '../inference/engine';
import { contentHash } from '../state/content-hash';

/** The same pictures in the same order have the same key, however often they are asked about. */
export const photosKey = (a: ViewPixels, b: ViewPixels): string =>
  ['photos', ...[a, b].map(({ data, sizePx }) => `${sizePx}-${contentHash(new Uint8Array(data)).toString(36)}`)].join(
    '|',
  );
