/** Writes a set's answerable items in the form of Viewpoint-100K: chat lines and PNG pictures, one a view. */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewpointItem } from '../../src/questions/item-generator';
import { toViewpoint100k } from '../../src/questions/viewpoint-100k';
import { pngFromRgb } from './png';
import type { PairRow } from './shard-items';
import { rowsFromJsonl } from './view-rows';

/** Relative to the export's folder; pairs that share a view share its picture. */
export const picturePath = (shard: string, view: number): string =>
  `images/${shard}/${String(view).padStart(5, '0')}.png`;

/** @returns how many lines were written */
export function exportViewpoint100k(setFolder: string, shardNames: readonly string[], imageSizePx: number): number {
  const target = join(setFolder, 'viewpoint-100k');
  const viewBytes = imageSizePx ** 2 * 3;
  const rgb = new Uint8Array(viewBytes);
  const lines: string[] = [];
  for (const shard of shardNames) {
    const folder = join(setFolder, shard);
    const read = <Row>(name: string): Row[] =>
      rowsFromJsonl(readFileSync(join(folder, name), 'utf8'), `${shard}/${name}`);
    const items = read<ViewpointItem>('items.jsonl');
    const pairs = read<PairRow>('pairs.jsonl');
    mkdirSync(join(target, 'images', shard), { recursive: true });
    const pictures = openSync(join(folder, 'images.u8'), 'r');
    try {
      items.forEach((item, index) => {
        const pair = pairs[index];
        if (pair?.id !== item.id) throw new Error(`${shard}: pairs.jsonl and items.jsonl differ in line ${index + 1}`);
        if (item.answerable === false) return;
        const paths = [picturePath(shard, pair.viewA), picturePath(shard, pair.viewB)] as const;
        [pair.viewA, pair.viewB].forEach((view, side) => {
          const path = join(target, paths[side] as string);
          if (existsSync(path)) return;
          readSync(pictures, rgb, 0, viewBytes, view * viewBytes);
          writeFileSync(path, pngFromRgb(rgb, imageSizePx));
        });
        lines.push(`${JSON.stringify(toViewpoint100k(item, paths))}\n`);
      });
    } finally {
      closeSync(pictures);
    }
  }
  writeFileSync(join(target, 'viewpoint-100k.jsonl'), lines.join(''));
  return lines.length;
}
