/** Items over a shard's views: dealt here, judged by rendering, written beside the pictures. */
import { PAIR_FAMILY_IDS } from '../../src/questions/broad-families';
import { pairItems, type PairItem } from '../../src/questions/pair-items';
import type { ViewpointItem } from '../../src/questions/item-generator';
import { viewPairs } from '../../src/questions/view-pairs';
import type { DatasetSplit } from './set-plan';
import { renderedObjects, type ViewRow } from './view-rows';

/** A line of pairs.jsonl (src/contract/dataset-pair.schema.json): where an item's pictures are. */
export interface PairRow {
  readonly id: string;
  readonly shard: string;
  /** Places of the two pictures in the shard's images.u8. */
  readonly viewA: number;
  readonly viewB: number;
  /** Smallest share of changed pixels over all comparisons (src/questions/answerability.ts). */
  readonly closestShare: number;
}

export interface ShardItemsRequest {
  readonly seed: string;
  readonly split: DatasetSplit;
  readonly itemsPerObject: number;
  readonly rows: readonly ViewRow[];
}

/** The same number of items for each family; objects in turn. */
export function dealShardItems(request: ShardItemsRequest): PairItem[] {
  const objects = renderedObjects(request.rows);
  const count = Math.round((objects.length * request.itemsPerObject) / PAIR_FAMILY_IDS.length);
  return PAIR_FAMILY_IDS.flatMap((family) =>
    pairItems({ seed: request.seed, family, count, split: request.split, objects }),
  );
}

/** Ordered pairs of views that each family may ask about. */
export function countPairs(rows: readonly ViewRow[]): Record<string, number> {
  const objects = renderedObjects(rows);
  return Object.fromEntries(
    PAIR_FAMILY_IDS.map((family) => [
      family,
      objects.reduce((sum, { views }) => sum + viewPairs(family, views).length, 0),
    ]),
  );
}

export type Assess = (
  objectId: string,
  items: readonly ViewpointItem[],
) => Promise<readonly { readonly answerable: boolean; readonly closestShare: number }[]>;

/** Judges all items, object by object, and gives the lines of items.jsonl and pairs.jsonl in the dealt order. */
export async function shardItemLines(
  shard: string,
  request: ShardItemsRequest,
  assess: Assess,
): Promise<{ items: ViewpointItem[]; pairs: PairRow[] }> {
  const objects = renderedObjects(request.rows);
  const dealt = dealShardItems(request);
  const items: ViewpointItem[] = new Array<ViewpointItem>(dealt.length);
  const pairs: PairRow[] = new Array<PairRow>(dealt.length);
  for (const [objectIndex, { objectId, firstRow }] of objects.entries()) {
    const own = dealt.flatMap((made, place) => (made.objectIndex === objectIndex ? [{ made, place }] : []));
    const verdicts = await assess(
      objectId,
      own.map(({ made }) => made.item),
    );
    own.forEach(({ made, place }, index) => {
      const verdict = verdicts[index];
      if (!verdict) throw new Error(`${shard}: item ${made.item.id} was not judged`);
      items[place] = { ...made.item, answerable: verdict.answerable };
      pairs[place] = {
        id: made.item.id,
        shard,
        viewA: firstRow + made.viewA,
        viewB: firstRow + made.viewB,
        closestShare: verdict.closestShare,
      };
    });
  }
  return { items, pairs };
}
