/** Types of item.schema.json: one question about one pair of views, for dataset, evaluation, study, export and import. */

export const ITEM_SCHEMA_VERSION = 1;

export type Split = 'train' | 'validation' | 'test' | 'study' | 'demo';

export type Tuple3 = readonly [number, number, number];

/**
 * One view: how the camera stood and how the scene looked. Structurally a `CameraPose`.
 * World: right-handed, +Y up, the object's front faces +Z, metres.
 */
export interface ItemView<Scene extends object = object> {
  /** The pose as an orbit around the item's target; null for a pose that is not one. */
  readonly orbit: { readonly azimuthDeg: number; readonly elevationDeg: number; readonly distanceM: number } | null;
  readonly positionWorld: Tuple3;
  /** Rows are the camera's right, up and back axes in the world (three.js axes). */
  readonly cameraFromWorld: readonly [Tuple3, Tuple3, Tuple3];
  /** Full vertical field of view. */
  readonly fovYDeg: number;
  readonly scene: Scene;
}

export interface ItemOption {
  /** As printed in the prompt: A, B, C … in order. */
  readonly letter: string;
  /** What the option means, whatever its letter or wording: `left`, `right`, `none`. */
  readonly key: string;
  readonly text: string;
}

/** Both pictures inside the file: an item that travels alone. */
export interface ItemPictures {
  readonly sizePx: number;
  /** `data:image/png;base64,…` */
  readonly a: string;
  readonly b: string;
}

export interface Item<Scene extends object = object> {
  readonly schemaVersion: typeof ITEM_SCHEMA_VERSION;
  readonly id: string;
  readonly objectId: string;
  readonly split: Split;
  /** The kind of pair that was drawn; `no-movement` pairs borrow the question of another family. */
  readonly family: string;
  /** Whose stem and options are asked. */
  readonly question: string;
  readonly stem: string;
  readonly options: readonly ItemOption[];
  /** The `key` of the right option. */
  readonly answerKey: string;
  /** Whether the two pictures can tell the answer; null when nobody has looked yet. */
  readonly answerable: boolean | null;
  /** The item's own seed, from which everything random in it was drawn. */
  readonly seed: number;
  /** Share of the frame that the object fills in the larger of its two views. */
  readonly fill: number;
  /** Where orbits are centred. */
  readonly targetWorld: Tuple3;
  readonly viewA: ItemView<Scene>;
  readonly viewB: ItemView<Scene>;
  readonly versions: { readonly generator: number; readonly prompts: number };
  /** Absent where the pictures lie beside the file. */
  readonly pictures?: ItemPictures;
}
