/**
 * Where the decoder's keys and values stay between its runs. On a processor each run makes new ones, longer by its tokens; on a graphics
 * device they stay where they are, see `kv-lanes.ts`.
 */
import type { Tensor } from './ort.ts';
import type { KvSnapshot } from './runtime.ts';

/** Tensors by the name of an input or output. */
export type NamedTensors = Readonly<Record<string, Tensor>>;

/** Names by the hub's convention for `decoder_model_merged`; which of them a graph has, its manifest says. */
const PAST = /^past_key_values\.(\d+\.(?:key|value))$/;

export const isPastName = (name: string): boolean => PAST.test(name);
export const presentName = (pastName: string): string => pastName.replace(PAST, 'present.$1');

/** One run of the decoder. */
export interface KvRun {
  /** By the names of inputs. */
  readonly past: NamedTensors;
  /** By the names of outputs: where the run writes its own. Empty where it makes new ones. */
  readonly present: NamedTensors;
  /** Call once it has run; `results`: by the names of outputs. */
  end(results: NamedTensors): KvSnapshot;
  /** Call instead when it failed. */
  abandon(): void;
}

export interface KvStore {
  /** `count`: tokens that are appended. */
  begin(past: KvSnapshot | undefined, count: number): KvRun;
  release(snapshot: KvSnapshot): void;
}

class TensorSnapshot implements KvSnapshot {
  constructor(
    readonly length: number,
    /** By the name of the decoder's input. */
    readonly past: NamedTensors,
  ) {}
}

/** `emptyPast`: tensors of no token. */
export function growingKvStore(pastNames: readonly string[], emptyPast: () => NamedTensors): KvStore {
  return {
    begin: (past, count) => ({
      past: past instanceof TensorSnapshot ? past.past : emptyPast(),
      present: {},
      end: (results) => {
        const kept: Record<string, Tensor> = {};
        for (const name of pastNames) {
          const tensor = results[presentName(name)];
          if (!tensor) throw new Error(`The decoder gave no ${presentName(name)}.`);
          kept[name] = tensor;
        }
        return new TensorSnapshot((past?.length ?? 0) + count, kept);
      },
      abandon: () => undefined,
    }),
    release: (snapshot) => {
      if (snapshot instanceof TensorSnapshot) for (const tensor of Object.values(snapshot.past)) tensor.dispose();
    },
  };
}
