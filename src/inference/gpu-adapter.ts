/** WebGPU's adapters as far as page and worker both ask about them; the compiler's library has no names for them. */

export interface AdapterKind {
  readonly isFallbackAdapter?: boolean;
  readonly info?: { readonly isFallbackAdapter?: boolean };
}

export const ADAPTER_WISH = { powerPreference: 'high-performance' } as const;

/** How long the browser may take over one request: where the driver is stuck it never answers, and a start would wait for ever. */
export const ADAPTER_LIMIT_MS = 10_000;

/**
 * A processor that stands in for a card: slower than WASM on the same processor. Older browsers have no `info` and say it on the adapter
 * itself.
 */
export const adapterIsSoftware = ({ isFallbackAdapter, info }: AdapterKind): boolean =>
  isFallbackAdapter === true || info?.isFallbackAdapter === true;

export const SILENT = Symbol('no answer in time');

/** `onLate` gets what comes after the limit, when nobody waits for it any more. */
export async function answerInTime<T>(request: Promise<T>, onLate?: (answer: T) => void): Promise<T | typeof SILENT> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<typeof SILENT>((resolve) => {
    timer = setTimeout(() => {
      resolve(SILENT);
      request.then(onLate, () => undefined);
    }, ADAPTER_LIMIT_MS);
  });
  try {
    return await Promise.race([request, silence]);
  } finally {
    clearTimeout(timer);
  }
}
