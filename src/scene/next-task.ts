/** Ends the running task of the thread: what waits, input and drawing among it, comes first. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
