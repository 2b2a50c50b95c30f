/** WebGPU's adapters as far as page and worker both ask about them; the compiler's library has no names for them. */

export interface AdapterKind {
  readonly isFallbackAdapter?: boolean;
  readonly info: { readonly isFallbackAdapter?: boolean };
}

export const ADAPTER_WISH = { powerPreference: 'high-performance' } as const;

/** A processor that stands in for a card: slower than WASM on the same processor. Older browsers say it on the adapter itself. */
export const adapterIsSoftware = ({ isFallbackAdapter, info }: AdapterKind): boolean =>
  isFallbackAdapter === true || info.isFallbackAdapter === true;
