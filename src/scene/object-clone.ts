/** The same object once more, for a second stage: geometry and materials are shared, so only the original is disposed. */
import type { Group } from 'three';
import { clone } from 'three/addons/utils/SkeletonUtils.js';
import type { NormalizedObject } from './normalized-object';

export const objectClone = (object: NormalizedObject): NormalizedObject => ({
  ...object,
  root: clone(object.root) as Group,
});
