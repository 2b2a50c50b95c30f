/**
 * Variants of meshes: other colours and materials, mirrored, parts moved or scaled. A variant is a function of its id
 * (`pack/name#variant-2`), so that a set can be rendered again.
 */
import { Color, Group, Matrix3, type Mesh, MeshStandardMaterial, type Material, type Object3D } from 'three';
import { rngFromSeed, type Rng } from '../../src/core/rng';
import { objectNormalize, type NormalizedObject } from '../../src/scene/normalized-object';
import { isMesh } from '../../src/scene/surface-points';

const VARIANT_SUFFIX = /#variant-([1-9][0-9]*)$/;

/** Adds the suffix to an object id or a `url:` id; addresses are fetched without it, as it is their fragment. */
export const variantId = (id: string, variant: number): string => (variant === 0 ? id : `${id}#variant-${variant}`);

export const isVariantId = (id: string): boolean => VARIANT_SUFFIX.test(id);

export interface PartMove {
  readonly partIndex: number;
  /** Shares of the object's bounding radius. */
  readonly shift: readonly [number, number, number];
  readonly scale: number;
}

export interface VariantPlan {
  readonly isMirrored: boolean;
  /** Turn of all hues, degrees. */
  readonly hueTurnDeg: number;
  readonly tint: string;
  readonly material: { readonly roughness: number; readonly metalness: number } | null;
  readonly moves: readonly PartMove[];
}

const MAX_MOVED_PARTS = 3;

/** What a variant changes. Parts are moved only in objects that have several. */
export function variantPlan(rng: Rng, partCount: number): VariantPlan {
  const tintColor = new Color().setHSL(rng.next(), rng.range(0, 0.5), rng.range(0.7, 0.95));
  const material = rng.chance(0.6) ? { roughness: rng.range(0.15, 1), metalness: rng.chance(0.25) ? 0.8 : 0 } : null;
  const isMirrored = rng.chance(0.5);
  const hueTurnDeg = rng.range(-180, 180);
  const movedCount = partCount >= 2 && rng.chance(0.5) ? 1 + rng.int(Math.min(MAX_MOVED_PARTS, partCount - 1)) : 0;
  const parts = rng.shuffle(Array.from({ length: partCount }, (_, index) => index)).slice(0, movedCount);
  return {
    isMirrored,
    hueTurnDeg,
    tint: `#${tintColor.getHexString()}`,
    material,
    moves: parts.map((partIndex) => ({
      partIndex,
      shift: [rng.range(-0.25, 0.25), rng.range(-0.1, 0.2), rng.range(-0.25, 0.25)],
      scale: rng.range(0.75, 1.3),
    })),
  };
}

/** Turns hues about the grey axis and keeps brightness. Rows and columns are linear red, green, blue. */
export function hueMatrix(turnDeg: number): Matrix3 {
  const cos = Math.cos((turnDeg * Math.PI) / 180);
  const sin = Math.sin((turnDeg * Math.PI) / 180) / Math.sqrt(3);
  const same = cos + (1 - cos) / 3;
  const next = (1 - cos) / 3;
  return new Matrix3(same, next - sin, next + sin, next + sin, same, next - sin, next - sin, next + sin, same);
}

/** One shader for all variants: the turn is a uniform of each material. Textures are turned too, not only tinted. */
function hueTurnInShader(
  this: Material,
  shader: { uniforms: Record<string, { value: unknown }>; fragmentShader: string },
) {
  shader.uniforms['hueTurn'] = { value: this.userData['hueTurn'] };
  shader.fragmentShader = shader.fragmentShader
    .replace('#include <common>', '#include <common>\nuniform mat3 hueTurn;')
    .replace(
      '#include <color_fragment>',
      '#include <color_fragment>\ndiffuseColor.rgb = clamp(hueTurn * diffuseColor.rgb, 0.0, 1.0);',
    );
}

const isSkinned = (object: Object3D): boolean => 'isSkinnedMesh' in object;

/** Meshes that can be moved on their own: bones carry the others. */
function movableParts(root: Object3D): Mesh[] {
  const parts: Mesh[] = [];
  root.traverse((object) => {
    if (isMesh(object) && !isSkinned(object)) parts.push(object);
  });
  return parts;
}

function materialsOf(root: Object3D): MeshStandardMaterial[] {
  const found = new Set<MeshStandardMaterial>();
  root.traverse((object) => {
    if (!isMesh(object)) return;
    for (const material of Array.isArray(object.material) ? object.material : [object.material])
      if (material instanceof MeshStandardMaterial) found.add(material);
  });
  return [...found];
}

/** The variant of a freshly loaded object, which must not be used on its own afterwards. */
export function objectVariant(object: NormalizedObject, id: string): NormalizedObject {
  const parts = movableParts(object.root);
  const plan = variantPlan(rngFromSeed(`variant/${id}`), parts.length);
  for (const { partIndex, shift, scale } of plan.moves) {
    const part = parts[partIndex] as Mesh;
    // The root is scaled to a bounding radius of 1; the shift is meant there.
    part.updateWorldMatrix(true, false);
    const parentScale = part.parent?.matrixWorld.getMaxScaleOnAxis() ?? 1;
    part.position.add({ x: shift[0] / parentScale, y: shift[1] / parentScale, z: shift[2] / parentScale });
    part.scale.multiplyScalar(scale);
  }
  for (const material of materialsOf(object.root)) {
    material.color.multiply(new Color(plan.tint));
    material.userData = { ...material.userData, hueTurn: hueMatrix(plan.hueTurnDeg) };
    material.onBeforeCompile = hueTurnInShader;
    material.customProgramCacheKey = () => 'hue-turn';
    if (plan.material) Object.assign(material, plan.material);
    material.needsUpdate = true;
  }
  const mirror = new Group();
  mirror.scale.x = plan.isMirrored ? -1 : 1;
  mirror.add(object.root);
  return objectNormalize(id, mirror);
}
