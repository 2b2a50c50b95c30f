/** The textured floor of decoupled pairs (src/questions/world-ground.ts), lit like everything else on the stage. */
import {
  CircleGeometry,
  LinearMipmapLinearFilter,
  Mesh,
  MeshStandardMaterial,
  RepeatWrapping,
  type Texture,
} from 'three';
import { backgroundForScene } from './background-texture';
import type { WorldGround } from '../questions/world-ground';

/** Far enough that its edge is a horizon for cameras at dataset distances. */
const RADIUS_M = 9;
/** Below the stage's own floor, which carries the shadow. */
const BELOW_OBJECT_M = 0.008;

export type GroundMesh = Mesh<CircleGeometry, MeshStandardMaterial>;

export function worldGroundMesh(ground: WorldGround): GroundMesh {
  const texture = backgroundForScene(ground.texture) as Texture;
  texture.wrapS = texture.wrapT = RepeatWrapping;
  texture.repeat.setScalar((2 * RADIUS_M) / ground.tileM);
  texture.generateMipmaps = true;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.anisotropy = 4;
  const mesh = new Mesh(
    new CircleGeometry(RADIUS_M, 64),
    new MeshStandardMaterial({ map: texture, roughness: 1, metalness: 0 }),
  );
  mesh.rotation.x = -Math.PI / 2;
  return mesh;
}

/** Puts it below an object. */
export function worldGroundPlace(mesh: GroundMesh, floorY: number): void {
  mesh.position.y = floorY - BELOW_OBJECT_M;
}

export function worldGroundDispose({ geometry, material }: GroundMesh): void {
  material.map?.dispose();
  material.dispose();
  geometry.dispose();
}
