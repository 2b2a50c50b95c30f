/**
 * Names of objects that people bring. They are made of the files' content and of how the mesh was stood up, so that the
 * same mesh has the same name on every machine: a link to a pair works for whoever has the file.
 */
import { contentHash } from './content-hash';

const OWN_PREFIX = 'own-';
const SLUG_MAX = 28;

export const isOwnObjectId = (id: string): boolean => id.startsWith(OWN_PREFIX);

/** What may stand in an address: small Latin letters, figures and single hyphens. */
const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_MAX)
    .replace(/^-+|-+$/g, '');

/**
 * @param fileName of the mesh, without its ending
 * @param orientation how it was stood up, as text
 */
export function ownObjectId(fileName: string, content: readonly Uint8Array[], orientation: string): string {
  const parts = [new TextEncoder().encode(orientation), ...content];
  const hash = parts.reduce((seed, bytes) => contentHash(bytes, seed | 0), 0);
  return `${OWN_PREFIX}${slug(fileName) || 'mesh'}-${hash.toString(36)}`;
}

/** The name in words, for an object that is not here: `own-my-chair-1x2y` is called `my-chair`. */
export const ownObjectWords = (id: string): string =>
  id.slice(OWN_PREFIX.length).replace(/-[^-]*$/, '') || id.slice(OWN_PREFIX.length);
