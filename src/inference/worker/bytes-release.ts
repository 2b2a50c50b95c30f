/** Gives memory back at once. */

/**
 * Empties the buffer behind `bytes`. Left to the garbage collector, tens of megabytes that nobody needs stay resident for seconds, just
 * while the runtime takes the most. Browsers without `transfer` (before 2024) wait for the collector.
 */
export function bytesRelease(bytes: Uint8Array<ArrayBuffer>): void {
  const { buffer } = bytes;
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
}
