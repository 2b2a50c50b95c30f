/**
 * One card for several finished sets: objects, views and pairs a split, the commands that render them again, and one hash.
 *
 *   npm run dataset:card -- --sets train-a,train-b,val-a --data data --out training/dataset
 *
 * Writes OUT.json and OUT.md. Refuses sets that share an object across splits.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { commandLine, usageError } from '../lib/command-line';
import { collectedSetRead, collectionCard, collectionReadme } from './set-collection';

const { values } = commandLine(import.meta.filename, {
  sets: { type: 'string' },
  data: { type: 'string', default: 'data' },
  out: { type: 'string', default: 'data/collection' },
});
if (!values.sets) usageError('--sets takes the names of finished sets, comma-separated.');

try {
  const sets = values.sets.split(',').map((name) => collectedSetRead(resolve(values.data, name)));
  const card = collectionCard(sets);
  writeFileSync(`${values.out}.json`, `${JSON.stringify(card, null, 2)}\n`);
  writeFileSync(`${values.out}.md`, collectionReadme(card));
  for (const [name, { objects, views }] of Object.entries(card.splits))
    console.log(`${name}: ${objects} objects, ${views} views`);
  console.log(`sha256 ${card.sha256}`);
} catch (error) {
  usageError(error instanceof Error ? error.message : String(error));
}
