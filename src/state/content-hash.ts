/** Names for content: short, the same on every machine, and no secret. */

/** 53 bits of content (cyrb53): enough to tell a person's files or pairs apart. */
export function contentHash(bytes: Uint8Array, seed = 0): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (const byte of bytes) {
    high = Math.imul(high ^ byte, 2654435761);
    low = Math.imul(low ^ byte, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

export const textHash = (text: string): string => contentHash(new TextEncoder().encode(text)).toString(36);
