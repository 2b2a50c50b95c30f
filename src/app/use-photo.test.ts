import { describe, expect, it } from 'vitest';
import { latestReader } from './use-photo';

function reads() {
  const waiting = new Map<string, { resolve: (photo: ImageBitmap) => void; reject: (error: Error) => void }>();
  const seen: string[] = [];
  const closed: string[] = [];
  const reader = latestReader(({ name }) => new Promise((resolve, reject) => waiting.set(name, { resolve, reject })));
  const choose = (name: string): Promise<void> =>
    reader.choose(
      new File([], name),
      (photo) => seen.push((photo as unknown as { name: string }).name),
      (unreadable) => seen.push(`not ${unreadable}`),
    );
  const finish = (name: string): void =>
    waiting.get(name)?.resolve({ name, close: () => closed.push(name) } as unknown as ImageBitmap);
  const fail = (name: string): void => waiting.get(name)?.reject(new Error('unreadable'));
  return { reader, choose, finish, fail, seen, closed };
}

describe('latestReader', () => {
  it('takes the later of two quick choices and closes the one that comes too late', async () => {
    const { choose, finish, seen, closed } = reads();
    const both = [choose('slow'), choose('quick')];
    finish('quick');
    finish('slow');
    await Promise.all(both);
    expect([seen, closed]).toEqual([['quick'], ['slow']]);
  });

  it('says nothing of a file that fails too late', async () => {
    const { choose, finish, fail, seen } = reads();
    const both = [choose('bad'), choose('good')];
    finish('good');
    fail('bad');
    await Promise.all(both);
    expect(seen).toEqual(['good']);
  });

  it('names a file that cannot be read, and closes what comes after the end', async () => {
    const { reader, choose, finish, fail, seen, closed } = reads();
    const bad = choose('bad');
    fail('bad');
    await bad;
    const late = choose('late');
    reader.stop();
    finish('late');
    await late;
    expect([seen, closed]).toEqual([['not bad'], ['late']]);
  });
});
