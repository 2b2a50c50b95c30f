/** Questions in wordings that training never used, so that an evaluation shows what people's own words would get. */
import paraphrases from '../../src/contract/paraphrases.json';
import type { ViewpointItem } from '../../src/questions/item-generator';

const HELD_OUT: Readonly<Record<string, readonly string[]>> = paraphrases.heldOut;

/**
 * The item with one of its question's held-out wordings in place of its stem; which one follows from its seed, so that the
 * same set is asked alike again. The options keep their texts.
 * @throws Error when the question has none
 */
export function itemReworded(item: ViewpointItem): ViewpointItem {
  const wordings = HELD_OUT[item.question] ?? [];
  const stem = wordings[item.seed % wordings.length];
  if (stem === undefined) throw new Error(`paraphrases.json has no held-out wording of "${item.question}"`);
  return { ...item, stem };
}
