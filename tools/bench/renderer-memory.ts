/** Resident memory of a browser's renderer processes, as Linux counts it. */
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Process ids of the renderers that are alive. */
export async function rendererPids(browser: Browser): Promise<number[]> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  } finally {
    await session.detach();
  }
}

/** `VmHWM` of a process's status text, in bytes: the largest resident size that it ever had. */
export function peakBytesFromStatus(status: string): number | null {
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(status);
  return found ? Number(found[1]) * 1024 : null;
}

/** The largest of several processes; null where the system has no such files or all are gone. */
export function peakBytes(pids: readonly number[]): number | null {
  const peaks = pids.map((pid) => {
    try {
      return peakBytesFromStatus(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return null;
    }
  });
  const known = peaks.filter((peak) => peak !== null);
  return known.length > 0 ? Math.max(...known) : null;
}
