/**
 * A Vite plugin that leaves the words out of the contract's schemas: descriptions are for who reads the files, and the page checks by
 * everything but them.
 */
import type { Plugin } from 'vite';

/** The schema without its descriptions; a property that is itself called "description" stays. */
export function schemaWordsDrop(schema: unknown, isNames = false): unknown {
  if (Array.isArray(schema)) return schema.map((part) => schemaWordsDrop(part));
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([key, value]) => isNames || key !== 'description' || typeof value !== 'string',
  );
  return Object.fromEntries(
    kept.map(([key, value]) => [key, schemaWordsDrop(value, !isNames && (key === 'properties' || key === '$defs'))]),
  );
}

export const schemaWordsPlugin = (): Plugin => ({
  name: 'schema-words',
  enforce: 'pre',
  apply: 'build',
  transform: (code, id) =>
    id.endsWith('.schema.json') ? { code: JSON.stringify(schemaWordsDrop(JSON.parse(code))), map: null } : null,
});
