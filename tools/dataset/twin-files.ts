/** twins.jsonl of a shard: read, written whole, and counted for the set's card. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rowsFromJsonl, type ViewRow } from './view-rows';
import { TWINS_HEADER, type TwinRow } from './view-twins';

export const TWINS_FILE = 'twins.jsonl';

/** The objects of a shard that have views, with their first one. */
export const firstViews = (rows: readonly ViewRow[]): ViewRow[] => rows.filter(({ view }) => view === 0);

/** Rows of a shard's file; null when there is none, or one of another version or threshold. */
export function twinsRead(shardFolder: string): TwinRow[] | null {
  const path = join(shardFolder, TWINS_FILE);
  if (!existsSync(path)) return null;
  const [header, ...rows] = rowsFromJsonl<unknown>(readFileSync(path, 'utf8'), path);
  return JSON.stringify(header) === JSON.stringify(TWINS_HEADER) ? (rows as TwinRow[]) : null;
}

/** Whole or not at all: a file that breaks off would pass for one without further twins. */
export function twinsWrite(shardFolder: string, rows: readonly TwinRow[]): void {
  const path = join(shardFolder, TWINS_FILE);
  writeFileSync(`${path}.part`, [TWINS_HEADER, ...rows].map((row) => `${JSON.stringify(row)}\n`).join(''));
  renameSync(`${path}.part`, path);
}

/** What a set's card says about its twins. */
export interface TwinsCard {
  readonly version: number;
  readonly objects: number;
  /** Objects that look the same from some other place, under one of their lights at least. */
  readonly objectsWithTwins: number;
  /** Share of the places compared, over all objects and lights, that look like another one. */
  readonly twinShare: number;
}

/** Null when a shard has no twins yet. */
export function twinsCard(shardFolders: readonly string[]): TwinsCard | null {
  const objects = new Set<string>();
  const withTwins = new Set<string>();
  let places = 0;
  let alike = 0;
  for (const folder of shardFolders) {
    const rows = twinsRead(folder);
    if (!rows) return null;
    for (const row of rows) {
      const own = `${folder}/${row.objectIndex}`;
      const count = Object.keys(row.alike).length;
      objects.add(own);
      if (count > 0) withTwins.add(own);
      places += (row.elevationsDeg.length * 360) / TWINS_HEADER.azimuthStepDeg;
      alike += count;
    }
  }
  const { version } = TWINS_HEADER;
  const twinShare = places === 0 ? 0 : alike / places;
  return { version, objects: objects.size, objectsWithTwins: withTwins.size, twinShare };
}
