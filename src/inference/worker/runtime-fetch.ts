/**
 * Fetches the runtime before it is started: what the network does must count neither as a fault of the device nor against the time that a
 * start may take.
 */
import { EngineError } from '../engine.ts';
import { engineError } from '../errors.ts';
import type { Backend } from '../protocol.ts';
import { runtimeBuild, runtimeWasmUrl } from '../runtime-files.ts';
import { errorOfFetch, wholeFetch, withinStall, type FetchDeps } from './fetch-file.ts';
import { ortImport } from './ort.ts';

type Deps = Pick<FetchDeps, 'fetch' | 'stallMs' | 'wait'>;

function unreachable(what: string, why: string, detail: EngineError['detail']): EngineError {
  return engineError(
    'page/unreachable',
    `The part of the page that runs the model could not be fetched: ${what} ${why}. ` +
      'Check the network, then load the model again. If that does not help, reload the page.',
    detail,
  );
}

/** A download's error in words of its own: the sentences of `fetch-file.ts` speak of the model's folder. */
function unreachableFrom(what: string, thrown: unknown): unknown {
  const error = errorOfFetch(thrown);
  if (!(error instanceof EngineError)) return error;
  const { detail } = error;
  if (detail['status'] !== undefined) return unreachable(what, `was answered with ${detail['status']}`, detail);
  if (detail['stallMs'] !== undefined) return unreachable(what, 'stood still', detail);
  if (detail['cause'] !== undefined) return unreachable(what, `broke off (${detail['cause']})`, detail);
  return unreachable(what, 'could not be reached', detail);
}

const CODE = 'its code';

async function codeFetch(backend: Backend, { stallMs }: Deps, signal: AbortSignal): Promise<void> {
  try {
    await withinStall(CODE, stallMs, signal, () => ortImport(backend));
  } catch (thrown) {
    signal.throwIfAborted();
    // So browsers call a module that did not arrive; the same worker cannot ask for it again.
    if (thrown instanceof TypeError)
      throw unreachable(CODE, `could not be reached (${thrown.message})`, { file: CODE });
    const error = unreachableFrom(CODE, thrown);
    if (error instanceof EngineError) throw error;
    // What is wrong with the code itself the start will say: another device may have another build.
  }
}

/** The WebAssembly of the device's build, whose code is fetched too. Throws `page/unreachable` where the network does not give them. */
export async function runtimeFetch(
  backend: Backend,
  deps: Deps,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  await codeFetch(backend, deps, signal);
  const url = runtimeWasmUrl(runtimeBuild(backend));
  try {
    return await wholeFetch(url, deps, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    throw unreachableFrom(url, thrown);
  }
}
