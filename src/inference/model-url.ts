/**
 * A model folder's address, absolute and with a slash at its end, from one that is relative to the page or was typed without the slash.
 * What follows a question mark or # names no folder, and is left out.
 */
export function modelUrlResolve(url: string): string {
  const base = globalThis.document?.baseURI ?? globalThis.location?.href;
  const folder = new URL(url, base);
  folder.search = folder.hash = '';
  folder.pathname = folder.pathname.replace(/\/*$/, '/');
  return folder.href;
}
