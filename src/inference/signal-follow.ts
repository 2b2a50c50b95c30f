/** Signals that follow others, as `AbortSignal.any` gives them: browsers have that only since Chrome 116, Firefox 124 and Safari 17.4. */

export interface Following {
  /** Aborted with the first reason of those it follows; whoever made it may abort it too. */
  readonly controller: AbortController;
  /** Call when the work is over: until then those that it follows hold on to it. */
  release(): void;
}

export function controllerFollowing(signals: readonly (AbortSignal | undefined)[]): Following {
  const controller = new AbortController();
  const releases: (() => void)[] = [];
  for (const signal of signals) {
    if (!signal) continue;
    const follow = (): void => controller.abort(signal.reason);
    if (signal.aborted) follow();
    signal.addEventListener('abort', follow);
    releases.push(() => signal.removeEventListener('abort', follow));
  }
  return { controller, release: () => releases.forEach((release) => release()) };
}
