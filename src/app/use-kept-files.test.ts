import { expect, it } from 'vitest';
import { keptClear } from './use-kept-files';

it('says that files were deleted only when they were', async () => {
  expect(await keptClear(async () => true)).toBe('clear.done');
  expect(await keptClear(() => Promise.reject(new Error('storage is locked')))).toBe('clear.failed');
});
