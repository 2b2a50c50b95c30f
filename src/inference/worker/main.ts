/** The worker's entry: connects the handler to the page. Everything else lives in modules that tests can import. */
import type { FromWorker, ToWorker } from '../protocol.ts';
import { createHandler } from './handler.ts';
import { modelLoad } from './load.ts';

/** What this file uses of a worker's global scope, so that it reads the same under either of the compiler's libraries. */
declare const self: {
  readonly name: string;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
};

// The runtime's threads start this very script again under this name once it is bundled; they bring their own message handler.
if (!self.name.startsWith('em-pthread')) {
  const handle = createHandler({ load: modelLoad, post: (message: FromWorker) => self.postMessage(message) });
  self.onmessage = (event: MessageEvent<ToWorker>) => handle(event.data);
}
