/**
 * Writes a set's answerable items in the form of Viewpoint-100K, into a folder of their own:
 *
 *   SET/viewpoint-100k/viewpoint-100k.jsonl   chat lines with the paths of their two pictures
 *   SET/viewpoint-100k/items.jsonl            line by line the item behind the chat, with the same paths
 *   SET/viewpoint-100k/images/SHARD/VIEW.png
 *
 * training/viewpoint_training/qwen_vl reads it. `src/contract/golden/export` holds both sides to the form.
 */
import { closeSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewpointItem } from '../../src/questions/item-generator';
import { toViewpoint100k, type Viewpoint100kRow } from '../../src/questions/viewpoint-100k';
import { pngFromRgb } from './png';
import type { PairRow } from './shard-items';
import { rowsFromJsonl } from './view-rows';

/** A line of the export's items.jsonl. */
export interface ExportedItem {
  readonly item: ViewpointItem;
  readonly images: Viewpoint100kRow['images'];
}

/** Relative to the export's folder; pairs that share a view share its picture. */
export const picturePath = (shard: string, view: number): string =>
  `images/${shard}/${String(view).padStart(5, '0')}.png`;

/** @returns how many lines were written to either file */
export function exportViewpoint100k(setFolder: string, shardNames: readonly string[], imageSizePx: number): number {
  const target = join(setFolder, 'viewpoint-100k');
  const viewBytes = imageSizePx ** 2 * 3;
  const rgb = new Uint8Array(viewBytes);
  const rows: Viewpoint100kRow[] = [];
  const kept: ExportedItem[] = [];
  const written = new Set<string>();
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
        const images = [picturePath(shard, pair.viewA), picturePath(shard, pair.viewB)] as const;
        [pair.viewA, pair.viewB].forEach((view, side) => {
          const path = join(target, images[side] as string);
          // Of this export: an earlier one may have broken off, or have had other views.
          if (written.has(path)) return;
          written.add(path);
          readSync(pictures, rgb, 0, viewBytes, view * viewBytes);
          writeFileSync(path, pngFromRgb(rgb, imageSizePx));
        });
        rows.push(toViewpoint100k(item, images));
        kept.push({ item, images });
      });
    } finally {
      closeSync(pictures);
    }
  }
  const write = (name: string, list: readonly unknown[]): void =>
    writeFileSync(join(target, name), list.map((one) => `${JSON.stringify(one)}\n`).join(''));
  write('viewpoint-100k.jsonl', rows);
  write('items.jsonl', kept);
  return rows.length;
}
