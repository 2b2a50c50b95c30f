/** What a family of generated objects is: a seeded recipe with endless variants. */
import type { Group } from 'three';
import type { Rng } from '../../core/rng';

export interface ObjectFamily {
  /** Kebab-case, unique, and part of every object id `generated:<family>:<seed>`. */
  readonly id: string;
  /** Whole families are held out: no object of a `heldout` family is ever seen in training. */
  readonly split: 'train' | 'heldout';
  /**
   * Builds one object in world axes (+Y up, front towards +Z), roughly within a 1 m cube; centring and scaling happen
   * later. Same stream, same object. The caller disposes geometries and materials.
   */
  build(rng: Rng): Group;
}
