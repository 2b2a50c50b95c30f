import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256Hex, sha256Plain } from './sha256.ts';

describe('sha256', () => {
  it.each([0, 3, 55, 56, 63, 64, 65, 1000])('agrees with the platform for %i bytes', async (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + 11) % 256);
    const expected = createHash('sha256').update(bytes).digest('hex');
    expect(Buffer.from(sha256Plain(bytes)).toString('hex')).toBe(expected);
    expect(await sha256Hex(bytes)).toBe(expected);
  });
});
