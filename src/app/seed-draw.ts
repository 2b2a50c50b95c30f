/** A seed from 1 to `most` that nobody chose: the only chance in the page, and from here on everything follows from it. */
import { SEED_MAX } from '../state/page-defaults';

export function seedDraw(most = SEED_MAX): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return 1 + (word % most);
}
