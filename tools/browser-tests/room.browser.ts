/** The room that objects mirror, as its file holds it, against the room that three.js renders. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toolPageOpen, type ToolPage } from '../lib/tool-page';
import { MINUTE } from './built-page';

let opened: ToolPage;
beforeAll(async () => {
  opened = await toolPageOpen({ tool: 'browser-tests', html: 'room-page.html' });
}, 2 * MINUTE);
afterAll(() => opened?.close());

it(
  'gives the same picture from its file as rendered anew (else: npm run environment)',
  async () => {
    const { largestOff, largestOffUpsideDown } = await opened.page.evaluate(() =>
      window.roomCompare('gramophone', 260),
    );
    expect(largestOff).toBeLessThanOrEqual(2);
    expect(largestOffUpsideDown).toBeGreaterThan(20);
  },
  3 * MINUTE,
);
