/** A model folder's address, absolute and with a slash at its end, from one that is relative to the page or was typed without the slash. */
export function modelUrlResolve(url: string): string {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  return new URL(url.replace(/\/*$/, '/'), base).href;
}
