/** Which families a model was trained for, and whether a model is still the one that it was. */
import { deviceIsSame, type LoadedModel } from '../inference/engine';
import { isQuestionId, QUESTION_IDS } from '../questions/families';
import { askedOf, PAGE_FAMILY_IDS, type PageFamilyId } from '../questions/page-families';
import type { ModelSlice } from './model-slice';

/** A manifest that names none is of the first releases, which know the three questions of the paper. */
const known = ({ families }: LoadedModel): readonly string[] => families ?? QUESTION_IDS;

/**
 * Families that the model in this seat was not trained for. Of the page's own model the three of the paper are certain before it
 * is there.
 */
export function familiesUntrained({ source, status }: Pick<ModelSlice, 'source' | 'status'>): readonly PageFamilyId[] {
  if (status.kind === 'ready') return PAGE_FAMILY_IDS.filter((id) => !modelKnows(status.model, id));
  return source.kind === 'own' ? PAGE_FAMILY_IDS.filter((id) => !isQuestionId(askedOf(id))) : [];
}

/** Nobody can tell what a model behind an endpoint was trained for. */
export const modelKnows = (model: LoadedModel, family: PageFamilyId): boolean =>
  model.device.backend === 'remote' || known(model).includes(askedOf(family));

/** Whether it is asked and spoken of as before: a worker that starts again may find another version in its folder. */
export const modelIsSame = (a: LoadedModel, b: LoadedModel): boolean =>
  deviceIsSame(a.device, b.device) &&
  (['modelId', 'modelName', 'imageSizePx', 'totalBytes'] as const).every((key) => a[key] === b[key]) &&
  String(a.families) === String(b.families);
