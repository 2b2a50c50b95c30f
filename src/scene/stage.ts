/**
 * The stage: one object under one light in front of one background. The page, the dataset and the evaluation all render
 * through it, so that the model is trained on exactly what people see.
 */
import {
  CircleGeometry,
  DirectionalLight,
  InstancedMesh,
  Matrix4,
  Mesh,
  NeutralToneMapping,
  Quaternion,
  Scene,
  ShadowMaterial,
  SkinnedMesh,
  SRGBColorSpace,
  VSMShadowMap,
  Vector3,
  type Group,
  type PerspectiveCamera,
  type Texture,
  type WebGLRenderer,
} from 'three';
import { orbitDirectionWorld, type CameraPose } from '../core/camera-pose';
import type { GroundedScene, WorldGround } from '../questions/world-ground';
import { backgroundForScene } from './background-texture';
import type { NormalizedObject } from './normalized-object';
import { worldGroundDispose, worldGroundMesh, worldGroundPlace, type GroundMesh } from './world-ground-mesh';

/** Renderer settings that belong to the look; every renderer that shows a stage gets them. */
export function rendererConfigure(renderer: WebGLRenderer): void {
  renderer.outputColorSpace = SRGBColorSpace;
  renderer.toneMapping = NeutralToneMapping;
  renderer.toneMappingExposure = 1;
  // Asking every shader for its log makes the page wait for the graphics process, several times a program.
  renderer.debug.checkShaderErrors = import.meta.env.DEV;
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = VSMShadowMap;
}

/** Writes a pose into a three.js camera whose picture is square. */
export function cameraApplyPose(camera: PerspectiveCamera, pose: CameraPose): void {
  const [right, up, back] = pose.cameraFromWorld;
  camera.position.set(...pose.positionWorld);
  camera.quaternion.setFromRotationMatrix(
    new Matrix4().makeBasis(new Vector3(...right), new Vector3(...up), new Vector3(...back)),
  );
  camera.fov = pose.fovYDeg;
  camera.near = 0.02;
  camera.far = 60;
  camera.updateProjectionMatrix();
  camera.updateMatrixWorld(true);
}

const KEY_DISTANCE_M = 4;
/** Small on purpose: the shadow is soft, and software renderers pay for every texel of its blur. */
const SHADOW_MAP_PX = 256;
/** The floor ends before the shadow map does: blurred shadows have a dotted rim where the map ends. */
const FLOOR_RADIUS_M = 2.5;
const SHADOW_EXTENT_M = 2.6;

export class Stage {
  readonly scene = new Scene();
  private readonly key = new DirectionalLight();
  private readonly floor = new Mesh(new CircleGeometry(FLOOR_RADIUS_M, 48), new ShadowMaterial({ opacity: 0.22 }));
  /** The textured floor, fixed to the world, of scenes that have one. */
  private ground: { readonly spec: string; readonly mesh: GroundMesh } | null = null;
  private spec: GroundedScene | null = null;
  private object: Group | null = null;
  private floorY = 0;

  constructor(environment: Texture) {
    this.scene.environment = environment;
    this.floor.rotation.x = -Math.PI / 2;
    this.floor.receiveShadow = true;
    this.floor.renderOrder = -1;
    this.key.shadow.mapSize.set(SHADOW_MAP_PX, SHADOW_MAP_PX);
    const shadowCamera = this.key.shadow.camera;
    shadowCamera.left = shadowCamera.bottom = -SHADOW_EXTENT_M;
    shadowCamera.right = shadowCamera.top = SHADOW_EXTENT_M;
    shadowCamera.near = 0.5;
    shadowCamera.far = 9;
    this.key.shadow.radius = 4;
    this.key.shadow.blurSamples = 8;
    // Lights and objects stand still while cameras move: a shadow is drawn again only after a change.
    this.key.shadow.autoUpdate = false;
    this.scene.add(this.key, this.key.target, this.floor);
  }

  /** Shows `object` alone; it stays the caller's to dispose. */
  setObject(object: NormalizedObject): void {
    this.objectLeave();
    this.object = object.root;
    this.object.traverse((child) => {
      child.castShadow = true;
    });
    // A hair below the object, so that flat undersides do not flicker against the floor.
    this.floor.position.y = object.floorY - 0.004;
    this.floorY = object.floorY;
    if (this.ground) worldGroundPlace(this.ground.mesh, this.floorY);
    this.scene.add(object.root);
    this.key.shadow.needsUpdate = true;
  }

  setSpec(spec: GroundedScene): void {
    if (spec === this.spec) return;
    this.spec = spec;
    this.backgroundDispose();
    this.scene.background = backgroundForScene(spec.background);
    this.scene.environmentIntensity = spec.light.environmentIntensity;
    this.key.intensity = spec.light.keyIntensity;
    this.key.color.set(spec.light.keyColor);
    this.key.castShadow = spec.ground === 'shadow';
    this.floor.visible = spec.ground === 'shadow';
    this.groundShow(spec.worldGround);
    this.key.shadow.needsUpdate = true;
  }

  /** Lights that are fixed to the camera move with it: call before every render of a view. */
  lightForPose(pose: CameraPose): void {
    if (!this.spec) return;
    const { rule, keyAzimuthDeg, keyElevationDeg } = this.spec.light;
    const direction = new Vector3(...orbitDirectionWorld(keyAzimuthDeg, keyElevationDeg));
    const turn = new Quaternion();
    if (rule === 'camera') {
      const [right, up, back] = pose.cameraFromWorld;
      turn.setFromRotationMatrix(
        new Matrix4().makeBasis(new Vector3(...right), new Vector3(...up), new Vector3(...back)),
      );
      // No scene of the page has both, but a picture must be a function of its pose whatever it is given.
      if (this.key.castShadow) this.key.shadow.needsUpdate = true;
    }
    this.key.position.copy(direction.applyQuaternion(turn).multiplyScalar(KEY_DISTANCE_M));
    this.scene.environmentRotation.setFromQuaternion(turn);
    this.key.updateMatrixWorld(true);
  }

  /** Runs `render` while only the object's own surface is visible: no background, no floor. */
  withObjectAlone(render: () => void): void {
    const { background } = this.scene;
    const floorVisible = this.floor.visible;
    const { worldGround } = this.spec ?? {};
    this.scene.background = null;
    this.floor.visible = false;
    this.groundShow(undefined);
    try {
      render();
    } finally {
      this.scene.background = background;
      this.floor.visible = floorVisible;
      this.groundShow(worldGround);
    }
  }

  dispose(): void {
    this.objectLeave();
    this.backgroundDispose();
    if (this.ground) worldGroundDispose(this.ground.mesh);
    this.floor.geometry.dispose();
    this.floor.material.dispose();
    this.key.dispose();
  }

  /** What a copy of an object has of its own on the graphics card: it is made anew when the copy is drawn again. */
  private objectLeave(): void {
    const { object } = this;
    if (!object) return;
    this.object = null;
    this.scene.remove(object);
    object.traverse((child) => {
      if (child instanceof InstancedMesh) child.dispose();
      if (child instanceof SkinnedMesh) child.skeleton.dispose();
    });
  }

  /** Made when it is first asked for and again when it changes; hidden in between. */
  private groundShow(worldGround: WorldGround | undefined): void {
    const spec = JSON.stringify(worldGround);
    if (worldGround && this.ground?.spec !== spec) {
      if (this.ground) {
        this.scene.remove(this.ground.mesh);
        worldGroundDispose(this.ground.mesh);
      }
      this.ground = { spec, mesh: worldGroundMesh(worldGround) };
      worldGroundPlace(this.ground.mesh, this.floorY);
      this.scene.add(this.ground.mesh);
    }
    if (this.ground) this.ground.mesh.visible = worldGround !== undefined;
  }

  private backgroundDispose(): void {
    const { background } = this.scene;
    if (background && 'isTexture' in background) (background as Texture).dispose();
    this.scene.background = null;
  }
}
