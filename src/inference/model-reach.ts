/** Whether a model's server answers now. */
import { engineError } from './errors.ts';

/** How long a server may take to say that it has the model, before what is kept of it is deleted. */
const REACH_LIMIT_MS = 15_000;

/** @throws EngineError `model/missing` when the files could not be fetched again now */
export async function modelReach(modelUrl: string, signal?: AbortSignal): Promise<void> {
  const url = new URL('manifest.json', modelUrl).href;
  const ends = AbortSignal.any([AbortSignal.timeout(REACH_LIMIT_MS), ...(signal ? [signal] : [])]);
  const why = await fetch(url, { cache: 'no-store', signal: ends }).then(
    ({ ok, status }) => (ok ? null : `the server answered ${status}`),
    (thrown: unknown) => String(thrown),
  );
  if (why === null) return;
  const message =
    `The model was not fetched anew, because ${url} cannot be reached: ${why}. ` +
    'What was kept is still there. Check the network, then try again.';
  throw engineError('model/missing', message, { file: url, cause: why });
}
