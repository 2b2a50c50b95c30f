import { describe, expect, it } from 'vitest';
import { searchesShared } from './searches-shared';

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

/** A search that asks at every step whether it is still wanted, as the one for look-alikes does. */
function searchCreate() {
  const search = searchesShared<string | null>();
  const log: string[] = [];
  const steps: (() => void)[] = [];
  const ask = (key: string, isWanted: () => boolean) =>
    search(
      key,
      async (isAnyWanted) => {
        log.push(`start ${key}`);
        for (let i = 0; i < 2; i++) {
          await new Promise<void>((resolve) => steps.push(resolve));
          if (!isAnyWanted()) return null;
        }
        log.push(`end ${key}`);
        return key;
      },
      isWanted,
    );
  const step = async (): Promise<void> => {
    steps.shift()?.();
    await settled();
  };
  return { ask, step, log };
}

describe('searchesShared', () => {
  it('searches once for two who want the same, as long as one of them does', async () => {
    const { ask, step, log } = searchCreate();
    let isFirstThere = true;
    const first = ask('a', () => isFirstThere);
    await settled();
    const second = ask('a', () => true);
    isFirstThere = false;
    await step();
    await step();
    expect(await Promise.all([first, second])).toEqual(['a', 'a']);
    expect(log).toEqual(['start a', 'end a']);
  });

  it('starts afresh for whoever asks for what was just given up', async () => {
    const { ask, step, log } = searchCreate();
    let isThere = true;
    const first = ask('a', () => isThere);
    await settled();
    isThere = false;
    const given = first.then(async (result) => {
      const again = ask('a', () => true);
      await settled();
      await step();
      await step();
      return [result, await again];
    });
    await step();
    expect(await given).toEqual([null, 'a']);
    expect(log).toEqual(['start a', 'start a', 'end a']);
  });

  it('takes the newest wish next, one at a time', async () => {
    const { ask, step, log } = searchCreate();
    const all = Promise.all(['a', 'b', 'c'].map((key) => ask(key, () => true)));
    for (let i = 0; i < 6; i++) {
      await settled();
      await step();
    }
    expect(await all).toEqual(['a', 'b', 'c']);
    expect(log).toEqual(['start a', 'end a', 'start c', 'end c', 'start b', 'end b']);
  });

  it('goes on after one that failed, and one at a time', async () => {
    const search = searchesShared<string>();
    const failing = search(
      'a',
      () => Promise.reject(new Error('lost')),
      () => true,
    );
    const next = search(
      'b',
      () => Promise.resolve('b'),
      () => true,
    );
    await expect(failing).rejects.toThrow('lost');
    expect(await next).toBe('b');
    expect(
      await search(
        'a',
        () => Promise.resolve('a'),
        () => true,
      ),
    ).toBe('a');
  });
});
