/** The page's side of the service worker. Does nothing where there is none: in development, and on pages that are not served securely. */
import type { ShellMessage } from './service-worker-policy';

interface Recipient {
  postMessage(message: ShellMessage): void;
}

interface Registration {
  readonly active: Recipient | null;
  readonly waiting: Recipient | null;
}

interface Container {
  register(url: string, options: { scope: string }): Promise<Registration>;
  readonly ready: Promise<Registration>;
}

function containerOfPage(): Container | undefined {
  return import.meta.env.PROD && 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
}

/**
 * Call once the page is drawn. `baseUrl`: the page's folder. A version that an earlier visit fetched is asked to take over, so that a page
 * which is only ever reloaded does not stay behind. Never rejects: without it the page works, only not offline.
 */
export async function serviceWorkerRegister(
  baseUrl: string = import.meta.env.BASE_URL,
  container: Container | undefined = containerOfPage(),
): Promise<boolean> {
  try {
    if (!container) return false;
    const registration = await container.register(`${baseUrl}service-worker.js`, { scope: baseUrl });
    registration.waiting?.postMessage({ kind: 'take-over', scriptUrl: import.meta.url });
    return true;
  } catch (thrown) {
    console.warn('The page will not work offline:', thrown);
    return false;
  }
}

/** Call when the model is ready: a runtime is then kept for offline visits too; the one in use mostly comes out of the browser's own cache. */
export async function serviceWorkerKeepRuntime(
  runtimeUrl: string,
  container: Container | undefined = containerOfPage(),
): Promise<void> {
  const registration = await container?.ready;
  for (const worker of [registration?.active, registration?.waiting])
    worker?.postMessage({ kind: 'keep-runtime', runtimeUrl });
}
