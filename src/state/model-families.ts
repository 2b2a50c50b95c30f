/** Which families a model was trained for. */
import type { LoadedModel } from '../inference/engine';
import { QUESTION_IDS } from '../questions/families';
import { askedOf, type PageFamilyId } from '../questions/page-families';

/** A manifest that names none is of the first releases, which know the three questions of the paper. */
const known = ({ families }: LoadedModel): readonly string[] => families ?? QUESTION_IDS;

/** Nobody can tell what a model behind an endpoint was trained for. */
export const modelKnows = (model: LoadedModel, family: PageFamilyId): boolean =>
  model.device.backend === 'remote' || known(model).includes(askedOf(family));
