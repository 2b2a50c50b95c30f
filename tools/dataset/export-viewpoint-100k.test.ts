import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import itemSchema from '../../src/contract/item.schema.json';
import { exportViewpoint100k, type ExportedItem } from './export-viewpoint-100k';
import { rowsFromJsonl } from './view-rows';

const GOLDEN = resolve(import.meta.dirname, '../../src/contract/golden/export');
const SHARDS = ['shard-0000', 'shard-0001'];
const SIZE_PX = 8;
const VIEWS = 50;

describe('the golden export, which training/tests/test_qwen_rows.py reads', () => {
  let set = '';
  let lines = 0;
  beforeAll(() => {
    set = mkdtempSync(join(tmpdir(), 'viewpoint-export-'));
    for (const shard of SHARDS) {
      cpSync(join(GOLDEN, shard), join(set, shard), { recursive: true });
      writeFileSync(join(set, shard, 'images.u8'), Buffer.alloc(VIEWS * SIZE_PX ** 2 * 3));
    }
    lines = exportViewpoint100k(set, SHARDS, SIZE_PX);
  });
  afterAll(() => rmSync(set, { recursive: true, force: true }));
  const written = (name: string): string => readFileSync(join(set, 'viewpoint-100k', name), 'utf8');

  // After a change that is meant: `npx vitest run export-viewpoint-100k -u`, then the Python test.
  it.each(['viewpoint-100k.jsonl', 'items.jsonl'])('%s is exactly the golden one', async (name) => {
    await expect(written(name)).toMatchFileSnapshot(join(GOLDEN, 'viewpoint-100k', name));
  });

  it(
    'keeps the answerable items as they are, and writes the pictures that it names and no others',
    { timeout: 30_000 },
    () => {
      const kept = rowsFromJsonl<ExportedItem>(written('items.jsonl'), 'items.jsonl');
      expect(kept).toHaveLength(lines);
      const items = SHARDS.flatMap((shard) =>
        rowsFromJsonl<ExportedItem['item']>(readFileSync(join(GOLDEN, shard, 'items.jsonl'), 'utf8'), shard),
      );
      expect(kept.map(({ item }) => item)).toEqual(items.filter(({ answerable }) => answerable));
      expect(lines).toBe(items.length - 1);
      const validate = new Ajv({ strict: false }).compile(itemSchema);
      for (const { item } of kept) expect(validate(item), JSON.stringify(validate.errors)).toBe(true);
      const rows = rowsFromJsonl<Pick<ExportedItem, 'images'>>(written('viewpoint-100k.jsonl'), 'viewpoint-100k.jsonl');
      expect(rows.map(({ images }) => images)).toEqual(kept.map(({ images }) => images));
      const pictures = SHARDS.flatMap((shard) =>
        readdirSync(join(set, 'viewpoint-100k/images', shard)).map((name) => `images/${shard}/${name}`),
      );
      expect(pictures.sort()).toEqual([...new Set(rows.flatMap(({ images }) => images))].sort());
    },
  );
});
