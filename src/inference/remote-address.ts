/** Where an OpenAI-compatible endpoint is asked, from the address that a person typed, and how a wrong address shows. */
import type { EngineError } from './engine.ts';
import { engineError } from './errors.ts';
import { wordsOf } from './remote-answer.ts';

export interface RemoteAddress {
  readonly host: string;
  /** Of one of its paths: `models`, `chat/completions`. */
  of(path: string): string;
  /** The same for messages: without the query, which may hold a key. */
  shown(path: string): string;
}

/** A query such as `?api-version=` goes along with every request. Throws a TypeError when `baseUrl` is no address. */
export function remoteAddress(baseUrl: string): RemoteAddress {
  const base = new URL(baseUrl);
  base.hash = '';
  // Providers show the address of the chat itself just as often.
  const root = base.pathname.replace(/(?:\/+chat\/+completions)?\/*$/, '');
  return {
    host: base.host,
    of: (path) => {
      const url = new URL(base);
      url.pathname = `${root}/${path}`;
      return url.href;
    },
    shown: (path) => `${base.origin}${root}/${path}`,
  };
}

/** Nothing is there, or nothing that takes such a request. */
export const statusIsAbsence = (status: number | undefined): boolean => status === 404 || status === 405;

/**
 * Whether the body of a 200 shows that nothing is there either: a web page, or LM Studio, which answers paths that it does not know
 * with 200. Any other JSON may be an endpoint's own refusal.
 */
export function bodyIsAbsence(body: string): boolean {
  return !/^\s*\{/.test(body) || /unexpected endpoint/i.test(wordsOf(body));
}

/** `url`: the address that was asked; `body`: what it said, without the key. */
export function wrongAddressError(url: string, status: number, body: string): EngineError {
  const said = wordsOf(body);
  return engineError(
    'remote/address',
    `No endpoint answers chats at ${url}: it answered ${status} and said: "${said}". ` +
      "Give the address up to and including the version, such as https://host/v1, and the model's name as the endpoint calls it.",
    { url, status, said },
  );
}
