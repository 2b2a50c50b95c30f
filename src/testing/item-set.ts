/** Finished items of several families, for tests that have all objects' points at hand. */
import type { Vec3 } from '../core/vec3';
import { QUESTION_IDS, type FamilyId } from '../questions/families';
import { itemDrafts, itemWithDistances, type ItemSetRequest, type ViewpointItem } from '../questions/item-generator';

/** `QUESTION_IDS` times `count` items and as many `no-movement` ones. */
export function itemSet(
  request: Omit<ItemSetRequest, 'family'> & { readonly families?: readonly FamilyId[] },
  pointsWorldOf: (objectId: string) => readonly Vec3[],
): ViewpointItem[] {
  const families = request.families ?? [...QUESTION_IDS, 'no-movement' as const];
  return families.flatMap((family) =>
    itemDrafts({ ...request, family }).map((draft) => itemWithDistances(draft, pointsWorldOf(draft.objectId))),
  );
}
