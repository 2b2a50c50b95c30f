/** Whether a model's server has the model now. */
import { EngineError } from './engine.ts';
import { engineError } from './errors.ts';
import { controllerFollowing } from './signal-follow.ts';
import { isWebPage } from './web-page.ts';

/** How long a server may take to say that it has the model, before what is kept of it is deleted. */
const REACH_LIMIT_MS = 15_000;

/**
 * Null: the manifest is there and can be read.
 * @throws EngineError when it can't be read, and what `fetch` throws
 */
async function manifestProblem(url: string, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(url, { cache: 'no-store', signal });
  if (!response.ok) return `the server answered ${response.status}`;
  if (isWebPage(response)) return 'the server answered with a web page instead';
  // With its checks, only on the way to a download.
  const { manifestFromText } = await import('./manifest.ts');
  manifestFromText(await response.text(), url);
  return null;
}

/** @throws EngineError `model/missing` when the files could not be fetched again now */
export async function modelReach(modelUrl: string, signal?: AbortSignal): Promise<void> {
  const url = new URL('manifest.json', modelUrl).href;
  const { controller, release } = controllerFollowing([AbortSignal.timeout(REACH_LIMIT_MS), signal]);
  const why = await manifestProblem(url, controller.signal)
    .catch((thrown: unknown) => (thrown instanceof EngineError ? thrown.message : String(thrown)))
    .finally(release);
  if (why === null) return;
  const message =
    `The model was not fetched anew, because ${url} cannot be had: ${why.replace(/\.$/, '')}. ` +
    'What was kept is still there. Check the network and the address, then try again.';
  throw engineError('model/missing', message, { file: url, cause: why });
}
