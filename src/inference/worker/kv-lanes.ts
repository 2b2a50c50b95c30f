/**
 * Keys and values on a graphics device that stay where they are: past and present of a run are the same buffers, longer than their
 * content, and a run writes its tokens behind those that are there. Nothing is copied or made anew for a token. What lies before the end
 * of a snapshot is never written again while it is valid, so that going on from a pair's prefix once more means only to
 * begin again at its length.
 */
import { presentName, type KvRun, type KvStore, type NamedTensors } from './kv-store.ts';
import type { Tensor } from './ort.ts';
import type { KvSnapshot } from './runtime.ts';

export interface GpuBuffer {
  destroy(): void;
}

interface CopyEncoder {
  copyBufferToBuffer(from: GpuBuffer, fromByte: number, to: GpuBuffer, toByte: number, bytes: number): void;
  finish(): object;
}

/** What is used of a graphics device's memory. */
export interface GpuMemory {
  createBuffer(descriptor: { readonly label: string; readonly size: number; readonly usage: number }): GpuBuffer;
  createCommandEncoder(): CopyEncoder;
  readonly queue: { submit(commands: object[]): void };
}

export interface KvShape {
  readonly kvHeads: number;
  readonly headSize: number;
  readonly maxPositions: number;
  /** Of one number: 4, or 2 in 16-bit floats. */
  readonly floatBytes: number;
}

/** GPUBufferUsage: STORAGE, COPY_SRC and COPY_DST; the compiler's library has no names for them. */
const BUFFER_USAGE = 0x80 | 0x04 | 0x08;
/** Shortest lane. Two small pictures, a question and a reasoned answer fit; 9 MB with the first release's shape. */
const LEAST_CAPACITY = 512;
/** Room for a question and an answer behind a prefix. */
const ROOM = 256;

/** Tokens that a lane has room for: doubled from the shortest until they fit, as far as the model's positions reach. */
export function laneCapacity(tokens: number, maxPositions: number): number {
  let capacity = LEAST_CAPACITY;
  while (capacity < tokens) capacity *= 2;
  return Math.min(capacity, maxPositions);
}

class Lane {
  /** Snapshots whose tokens all still lie in the buffers, shortest first. */
  valid: LaneSnapshot[] = [];
  constructor(
    public capacity: number,
    public buffers: ReadonlyMap<string, GpuBuffer>,
    public tensors: NamedTensors,
  ) {}
}

class LaneSnapshot implements KvSnapshot {
  constructor(
    readonly lane: Lane,
    readonly length: number,
  ) {}
}

/** `tensorOf` gives the runtime's view of a buffer. */
export function laneKvStore(
  memory: GpuMemory,
  pastNames: readonly string[],
  { kvHeads, headSize, maxPositions, floatBytes }: KvShape,
  tensorOf: (buffer: GpuBuffer, dims: readonly number[]) => Tensor,
): KvStore {
  const headBytes = (tokens: number): number => tokens * headSize * floatBytes;
  /** Lanes that hold nothing. They are as many as were once in use at a time, two a pair at most, so they are not given back. */
  const free: Lane[] = [];

  function buffersMake(capacity: number): Pick<Lane, 'capacity' | 'buffers' | 'tensors'> {
    const buffers = new Map<string, GpuBuffer>();
    const tensors: Record<string, Tensor> = {};
    for (const name of pastNames) {
      const buffer = memory.createBuffer({
        label: name,
        size: kvHeads * headBytes(capacity),
        usage: BUFFER_USAGE,
      });
      buffers.set(name, buffer);
      tensors[name] = tensorOf(buffer, [1, kvHeads, capacity, headSize]);
    }
    return { capacity, buffers, tensors };
  }

  function laneTake(count: number): Lane {
    const found = free.findIndex(({ capacity }) => capacity >= count);
    const [taken] = found < 0 ? [] : free.splice(found, 1);
    if (taken) return taken;
    const { capacity, buffers, tensors } = buffersMake(laneCapacity(count + ROOM, maxPositions));
    return new Lane(capacity, buffers, tensors);
  }

  function laneGiveBack(lane: Lane): void {
    if (lane.valid.length === 0) free.push(lane);
  }

  /** A question that is longer than the room: its lane moves, head by head, to longer buffers. */
  function laneGrow(lane: Lane, tokens: number, usedTokens: number): void {
    const longer = buffersMake(laneCapacity(tokens + ROOM, maxPositions));
    const encoder = memory.createCommandEncoder();
    for (const [name, buffer] of lane.buffers) {
      const target = longer.buffers.get(name);
      if (!target) continue;
      for (let head = 0; head < kvHeads; head++)
        encoder.copyBufferToBuffer(
          buffer,
          head * headBytes(lane.capacity),
          target,
          head * headBytes(longer.capacity),
          headBytes(usedTokens),
        );
    }
    memory.queue.submit([encoder.finish()]);
    // The browser lets the copies end first.
    for (const buffer of lane.buffers.values()) buffer.destroy();
    Object.assign(lane, longer);
  }

  function begin(past: KvSnapshot | undefined, count: number): KvRun {
    const length = past?.length ?? 0;
    const lane = past instanceof LaneSnapshot ? past.lane : laneTake(count);
    if (past instanceof LaneSnapshot) {
      if (!lane.valid.includes(past))
        throw new Error(`The ${length} tokens that should go on were overwritten by another continuation.`);
      lane.valid = lane.valid.filter((snapshot) => snapshot.length <= length);
    }
    if (length + count > lane.capacity) laneGrow(lane, length + count, length);
    const { tensors } = lane;
    const present = Object.fromEntries(pastNames.map((name) => [presentName(name), tensors[name] as Tensor]));
    return {
      past: tensors,
      present,
      end: () => {
        const snapshot = new LaneSnapshot(lane, length + count);
        lane.valid.push(snapshot);
        return snapshot;
      },
      abandon: () => laneGiveBack(lane),
    };
  }

  return {
    begin,
    release: (snapshot) => {
      if (!(snapshot instanceof LaneSnapshot)) return;
      const { lane } = snapshot;
      if (!lane.valid.includes(snapshot)) return;
      lane.valid = lane.valid.filter((kept) => kept !== snapshot);
      laneGiveBack(lane);
    },
  };
}
