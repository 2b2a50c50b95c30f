/**
 * Pictures as a function of pose and pixel size: rendered on a canvas of their own, whatever the screen, its pixel
 * ratio or the visible canvas. RGBA bytes, top row first, sRGB, tone-mapped as on the page.
 */
import {
  FloatType,
  NearestFilter,
  PerspectiveCamera,
  ShaderMaterial,
  WebGLRenderTarget,
  WebGLRenderer,
  DoubleSide,
  type Texture,
} from 'three';
import type { CameraPose } from '../core/camera-pose';
import type { GroundedScene } from '../questions/world-ground';
import type { NormalizedObject } from './normalized-object';
import { Stage, cameraApplyPose, environmentCreate, rendererConfigure } from './stage';

/** World position of the visible surface; alpha 1 where the object is. Skinned meshes as they stand. */
function positionMaterialCreate(): ShaderMaterial {
  return new ShaderMaterial({
    side: DoubleSide,
    vertexShader: `
      #include <common>
      #include <morphtarget_pars_vertex>
      #include <skinning_pars_vertex>
      varying vec3 positionWorld;
      void main() {
        #include <skinbase_vertex>
        #include <begin_vertex>
        #include <morphtarget_vertex>
        #include <skinning_vertex>
        vec4 world = modelMatrix * vec4(transformed, 1.0);
        positionWorld = world.xyz;
        gl_Position = projectionMatrix * viewMatrix * world;
      }`,
    fragmentShader: `
      varying vec3 positionWorld;
      void main() { gl_FragColor = vec4(positionWorld, 1.0); }`,
    toneMapped: false,
  });
}

export interface CaptureRequest {
  readonly pose: CameraPose;
  readonly spec: GroundedScene;
}

/** Raised when the browser took the graphics context away or never gave one. */
export class CaptureError extends Error {
  readonly code = 'capture/context-lost';
}

export class Capture {
  readonly renderer: WebGLRenderer;
  readonly sizePx: number;
  /** Tiles along one side of the canvas: more tiles, fewer readbacks. */
  readonly tilesPerSide: number;
  private readonly stage: Stage;
  private readonly environment: Texture;
  private readonly camera = new PerspectiveCamera();
  private readonly pixels: Uint8Array;
  private positions: { target: WebGLRenderTarget; material: ShaderMaterial; gridSize: number } | null = null;

  /** @throws Error when WebGL2 is missing. */
  constructor(sizePx: number, tilesPerSide = 1) {
    this.sizePx = sizePx;
    this.tilesPerSide = tilesPerSide;
    const canvas = document.createElement('canvas');
    this.renderer = new WebGLRenderer({ canvas, antialias: true, preserveDrawingBuffer: true });
    this.renderer.setPixelRatio(1);
    this.renderer.setSize(sizePx * tilesPerSide, sizePx * tilesPerSide, false);
    this.renderer.setScissorTest(true);
    rendererConfigure(this.renderer);
    this.environment = environmentCreate(this.renderer);
    this.stage = new Stage(this.environment);
    this.pixels = new Uint8Array(4 * (sizePx * tilesPerSide) ** 2);
  }

  get tileCount(): number {
    return this.tilesPerSide ** 2;
  }

  setObject(object: NormalizedObject): void {
    this.stage.setObject(object);
  }

  /** Renders one view into tile `tile` (row by row from the bottom left). */
  renderTile(tile: number, request: CaptureRequest): void {
    const { sizePx, tilesPerSide, renderer, stage, camera } = this;
    this.stage.setSpec(request.spec);
    cameraApplyPose(camera, request.pose);
    stage.lightForPose(request.pose);
    const x = (tile % tilesPerSide) * sizePx;
    const y = Math.floor(tile / tilesPerSide) * sizePx;
    renderer.setRenderTarget(null);
    renderer.setViewport(x, y, sizePx, sizePx);
    renderer.setScissor(x, y, sizePx, sizePx);
    renderer.render(stage.scene, camera);
  }

  /** Renders where in the world each cell of a `gridSize`² raster looks; read with {@link readPositions}. */
  renderPositions(tile: number, request: CaptureRequest, gridSize: number): void {
    const { tilesPerSide, renderer, stage, camera } = this;
    if (this.positions?.gridSize !== gridSize) {
      this.positions?.target.dispose();
      const target = new WebGLRenderTarget(gridSize * tilesPerSide, gridSize * tilesPerSide, {
        type: FloatType,
        minFilter: NearestFilter,
        magFilter: NearestFilter,
      });
      target.scissorTest = true;
      this.positions = { target, gridSize, material: this.positions?.material ?? positionMaterialCreate() };
    }
    const { target, material } = this.positions;
    const x = (tile % tilesPerSide) * gridSize;
    const y = Math.floor(tile / tilesPerSide) * gridSize;
    cameraApplyPose(camera, request.pose);
    target.viewport.set(x, y, gridSize, gridSize);
    target.scissor.set(x, y, gridSize, gridSize);
    renderer.setRenderTarget(target);
    renderer.setClearColor(0x000000, 0);
    stage.withObjectAlone(() => {
      stage.scene.overrideMaterial = material;
      renderer.clear();
      renderer.render(stage.scene, camera);
      stage.scene.overrideMaterial = null;
    });
    renderer.setRenderTarget(null);
  }

  /** RGBA of the first `count` tiles, each top row first, one after the other. One readback. */
  readTiles(count: number): Uint8ClampedArray {
    const { sizePx, tilesPerSide, renderer, pixels } = this;
    const gl = renderer.getContext();
    const sidePx = sizePx * tilesPerSide;
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.readPixels(0, 0, sidePx, sidePx, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    if (gl.isContextLost())
      throw new CaptureError('The browser took the graphics context away while a picture was made. Reload the page.');
    return tilesTopRowFirst(pixels, count, sizePx, tilesPerSide, new Uint8ClampedArray(count * sizePx * sizePx * 4));
  }

  /** (x, y, z, mask) of the first `count` position tiles, metres in the world, top row first. */
  readPositions(count: number): Float32Array {
    if (!this.positions) throw new Error('renderPositions() comes first');
    const { target, gridSize } = this.positions;
    const sidePx = gridSize * this.tilesPerSide;
    const raw = new Float32Array(sidePx * sidePx * 4);
    this.renderer.readRenderTargetPixels(target, 0, 0, sidePx, sidePx, raw);
    return tilesTopRowFirst(raw, count, gridSize, this.tilesPerSide, new Float32Array(count * gridSize * gridSize * 4));
  }

  /** One picture. Uses the first tile. */
  picture(request: CaptureRequest): Uint8ClampedArray {
    this.renderTile(0, request);
    return this.readTiles(1);
  }

  dispose(): void {
    this.stage.dispose();
    this.environment.dispose();
    this.positions?.target.dispose();
    this.positions?.material.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }
}

/** WebGL reads the bottom row first, across all tiles; pictures are wanted tile by tile, top row first. */
function tilesTopRowFirst<T extends Uint8ClampedArray | Float32Array>(
  atlas: Uint8Array | Float32Array,
  count: number,
  tilePx: number,
  tilesPerSide: number,
  out: T,
): T {
  const sidePx = tilePx * tilesPerSide;
  let to = 0;
  for (let tile = 0; tile < count; tile++) {
    const x = (tile % tilesPerSide) * tilePx;
    const y = Math.floor(tile / tilesPerSide) * tilePx;
    for (let row = tilePx - 1; row >= 0; row--) {
      const from = ((y + row) * sidePx + x) * 4;
      out.set(atlas.subarray(from, from + tilePx * 4), to);
      to += tilePx * 4;
    }
  }
  return out;
}
