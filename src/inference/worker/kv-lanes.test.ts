import { beforeEach, describe, expect, it } from 'vitest';
import { laneCapacity, laneKvStore } from './kv-lanes.ts';
import type { KvRun, KvStore } from './kv-store.ts';
import type { KvSnapshot } from './runtime.ts';
import { FakeGpuMemory, fakeTensorOf, type FakeTensor } from './test-gpu.ts';

const NAMES = ['past_key_values.0.key', 'past_key_values.0.value'];
const SHAPE = { kvHeads: 2, headSize: 1, maxPositions: 2048, floatBytes: 4 };

let memory: FakeGpuMemory;
let store: KvStore;
beforeEach(() => {
  memory = new FakeGpuMemory();
  store = laneKvStore(memory, NAMES, SHAPE, fakeTensorOf);
});

const tensor = (run: KvRun, name: string): FakeTensor => run.past[name] as unknown as FakeTensor;

/** Appends tokens; each writes its position + 1 into the keys of both heads, the second one's negative. */
function append(past: KvSnapshot | undefined, count: number): { snapshot: KvSnapshot; run: KvRun } {
  const run = store.begin(past, count);
  const { buffer, dims } = tensor(run, 'past_key_values.0.key');
  const start = past?.length ?? 0;
  for (let i = start; i < start + count; i++) {
    buffer.floats[i] = i + 1;
    buffer.floats[(dims[2] ?? 0) + i] = -(i + 1);
  }
  return { snapshot: run.end({}), run };
}

describe('lanes of keys and values', () => {
  it('give a run the same buffers as past and as present, and make none for a token', () => {
    const { snapshot, run } = append(undefined, 40);
    expect(run.present['present.0.value']).toBe(run.past['past_key_values.0.value']);
    expect(memory.made).toHaveLength(NAMES.length);
    let last = snapshot;
    for (let i = 0; i < 100; i++) last = append(last, 1).snapshot;
    expect(last.length).toBe(140);
    expect(memory.made).toHaveLength(NAMES.length);
  });

  it('let several questions go on from one prefix, one after another', () => {
    const prefix = append(undefined, 10).snapshot;
    const first = append(prefix, 5).snapshot;
    store.release(first);
    const { snapshot: second, run } = append(prefix, 3);
    expect(second.length).toBe(13);
    expect(tensor(run, 'past_key_values.0.key').buffer.floats.slice(0, 10)).toEqual(
      Float32Array.from({ length: 10 }, (_, i) => i + 1),
    );
  });

  it('refuse to go on from what another continuation has overwritten, rather than answer wrongly', () => {
    const prefix = append(undefined, 10).snapshot;
    const first = append(prefix, 5).snapshot;
    const second = append(prefix, 5).snapshot;
    expect(() => store.begin(first, 1)).toThrow(/overwritten/);
    expect(append(second, 1).snapshot.length).toBe(16);
    store.release(first);
    store.release(first);
    expect(append(prefix, 1).snapshot.length).toBe(11);
  });

  it('are used again once nothing of them is needed, and not before', () => {
    const prefix = append(undefined, 10).snapshot;
    const longer = append(prefix, 5).snapshot;
    store.release(prefix);
    append(undefined, 10);
    expect(memory.made).toHaveLength(2 * NAMES.length);
    store.release(longer);
    append(undefined, 10);
    expect(memory.made).toHaveLength(2 * NAMES.length);
  });

  it('are used again when the run that took them failed', () => {
    store.begin(undefined, 10).abandon();
    append(undefined, 10);
    expect(memory.made).toHaveLength(NAMES.length);
    // The prefix that a failed question went on from stays.
    const prefix = append(undefined, 10).snapshot;
    store.begin(prefix, 5).abandon();
    expect(append(prefix, 1).snapshot.length).toBe(11);
  });

  it('grow for a long question, with every head’s content, and give the old buffers back', () => {
    const { snapshot: prefix, run: before } = append(undefined, 10);
    const { snapshot, run } = append(prefix, 700);
    const { buffer, dims } = tensor(run, 'past_key_values.0.key');
    expect(dims).toEqual([1, 2, 1024, 1]);
    expect([...buffer.floats.slice(0, 10)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([...buffer.floats.slice(1024, 1034)]).toEqual([-1, -2, -3, -4, -5, -6, -7, -8, -9, -10]);
    expect(tensor(before, 'past_key_values.0.key').buffer.isDestroyed).toBe(true);
    expect(buffer.isDestroyed).toBe(false);
    store.release(snapshot);
    expect(append(prefix, 1).snapshot.length).toBe(11);
  });

  it.each([
    [1, 2048, 512],
    [513, 2048, 1024],
    [1500, 2048, 2048],
    [1500, 1600, 1600],
    [10, 256, 256],
  ])('have room for %i tokens of %i: %i', (tokens, maxPositions, capacity) => {
    expect(laneCapacity(tokens, maxPositions)).toBe(capacity);
  });
});
