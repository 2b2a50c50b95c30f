import { describe, expect, it } from 'vitest';
import { errorDataFrom, errorIsCrash } from './errors.ts';

describe('errorDataFrom', () => {
  it.each([
    'std::bad_alloc',
    'Failed to allocate memory for requested buffer of size 1024',
    'Aborted(OOM). Build with -sASSERTIONS for more info.',
    'Aborted(Cannot enlarge memory arrays to size 2147483648 bytes)',
    'Array buffer allocation failed',
  ])('knows that memory ran out: %s', (text) => {
    expect(errorDataFrom(new Error(text))).toMatchObject({ code: 'runtime/out-of-memory', detail: { cause: text } });
  });

  it.each<[string, unknown]>([
    ['a trap', new WebAssembly.RuntimeError('unreachable')],
    ['an abort', new Error('Aborted(native code called abort())')],
    ['an exception of the module’s own', 5245184],
  ])('takes %s for a broken worker', (_case, thrown) => {
    expect(errorIsCrash(errorDataFrom(thrown))).toBe(true);
  });

  it('leaves the worker alone after any other failure', () => {
    const data = errorDataFrom(new Error('The room of 12 is taken'));
    expect(data.code).toBe('inference/failed');
    expect(errorIsCrash(data)).toBe(false);
  });
});
