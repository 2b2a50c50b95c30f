/** WebGPU's adapters as far as page and worker both ask about them; the compiler's library has no names for them. */

export interface AdapterKind {
  readonly isFallbackAdapter?: boolean;
  readonly info?: { readonly isFallbackAdapter?: boolean };
}

export const ADAPTER_WISH = { powerPreference: 'high-performance' } as const;

/** How long the browser may take over one request: where the driver is stuck it never answers, and a start would wait for ever. */
export const ADAPTER_LIMIT_MS = 10_000;

/** A processor that stands in for a card: slower than WASM on the same processor. Older browsers have no `info` and say it on
 * the adapter itself. */
export const adapterIsSoftware = ({ isFallbackAdapter, info }: AdapterKind): boolean =>
  isFallbackAdapter === true || info?.isFallbackAdapter === true;
