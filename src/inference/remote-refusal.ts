/** Why an endpoint gave no answer, and what to do about it. No text holds the key. */
import type { EngineError } from './engine.ts';
import { engineError } from './errors.ts';

/** Browsers ask these by http from any page: the machine itself. */
const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/;

function isMixedContent(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return globalThis.location?.protocol === 'https:' && protocol === 'http:' && !LOOPBACK.test(hostname);
}

/** `cause`: what the browser says, which is the same for all that may be behind it. */
export function unreachableError(url: string, cause: string): EngineError {
  const advice = isMixedContent(url)
    ? 'This page came by https, so the browser lets it ask no http address of another machine. Give an address that begins with https://.'
    : 'Check its address, that it runs, and that it allows requests from this page (CORS).';
  return engineError('remote/unreachable', `The endpoint ${url} could not be reached (${cause}). ${advice}`, {
    url,
    cause,
  });
}

/** Throws where no request can carry the key; `fetch` would, in words that look like those for an endpoint that is away. */
export function keyCheck(apiKey: string): void {
  try {
    new Headers({ authorization: `Bearer ${apiKey}` });
  } catch {
    const code = /[^\u0020-\u00ff]/u.exec(apiKey)?.[0].codePointAt(0) ?? 0;
    const character = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    const message = `The key holds a character that no request can carry (${character}). Copy it again, without quotes or invisible characters.`;
    throw engineError('remote/refused', message, { character });
  }
}

function adviceFor(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return 'Check the key.';
    case 402:
      return 'The credit of its account is used up: add to it, or take another endpoint.';
    case 413:
      return 'The pictures are too large for it: raise its limit, or take another endpoint.';
    case 429:
      return 'Wait, then ask again.';
    // It can't do what it was asked.
    case 501:
      return 'Check model name and address.';
    default:
      return status >= 500 ? 'The fault is on its side: ask again later.' : 'Check model name and address.';
  }
}

/** `said`: by the endpoint, without the key. */
export function statusError(url: string, status: number, said: string): EngineError {
  return engineError(
    status === 401 || status === 403 ? 'remote/refused' : 'remote/failed',
    `The endpoint ${url} answered ${status} and said: "${said}". ${adviceFor(status)}`,
    { url, status, said },
  );
}
