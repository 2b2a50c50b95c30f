/**
 * Pictures as a function of pose and pixel size: rendered off the screen, whatever its pixel ratio or the visible canvas.
 * RGBA bytes, top row first, sRGB, tone-mapped as on the page.
 */
import {
  Color,
  DoubleSide,
  FloatType,
  NearestFilter,
  PerspectiveCamera,
  ShaderMaterial,
  WebGLRenderTarget,
} from 'three';
import type { CameraPose } from '../core/camera-pose';
import type { GroundedScene } from '../questions/world-ground';
import { graphicsCreate, graphicsDispose, type Graphics } from './graphics';
import type { NormalizedObject } from './normalized-object';
import { pictureTargetCreate } from './picture-target';
import { Stage, cameraApplyPose, rendererConfigure } from './stage';

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
        vec4 placed = vec4(transformed, 1.0);
        #ifdef USE_INSTANCING
          placed = instanceMatrix * placed;
        #endif
        vec4 world = modelMatrix * placed;
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

/** Raised when the browser took the graphics context away, never gave one, or had no memory for the picture. */
class CaptureError extends Error {
  readonly code = 'capture/context-lost';
}

/** Offset of the first pixel's alpha among its bytes. */
const ALPHA = 3;

export class Capture {
  readonly sizePx: number;
  /** Tiles along one side of the target: more tiles, fewer readbacks. */
  readonly tilesPerSide: number;
  private readonly graphics: Graphics;
  private readonly ownsGraphics: boolean;
  private readonly stage: Stage;
  private readonly target: WebGLRenderTarget;
  private readonly camera = new PerspectiveCamera();
  private readonly pixels: Uint8Array;
  private positions: { target: WebGLRenderTarget; material: ShaderMaterial; gridSize: number } | null = null;

  /**
   * @param graphics drawn with, and left as they were; without them the capture makes its own
   * @throws Error when WebGL2 is missing
   */
  constructor(sizePx: number, tilesPerSide = 1, graphics?: Graphics) {
    this.sizePx = sizePx;
    this.tilesPerSide = tilesPerSide;
    this.graphics = graphics ?? graphicsCreate();
    this.ownsGraphics = !graphics;
    this.stage = new Stage(this.graphics.environment);
    this.target = pictureTargetCreate(sizePx * tilesPerSide);
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
    const { sizePx, stage, camera, target } = this;
    const { renderer } = this.graphics;
    stage.setSpec(request.spec);
    cameraApplyPose(camera, request.pose);
    stage.lightForPose(request.pose);
    this.aim(target, tile, sizePx);
    rendererConfigure(renderer);
    renderer.setRenderTarget(target);
    try {
      renderer.render(stage.scene, camera);
    } finally {
      renderer.setRenderTarget(null);
    }
  }

  /** Renders where in the world each cell of a `gridSize`² raster looks; read with {@link readPositions}. */
  renderPositions(tile: number, request: CaptureRequest, gridSize: number): void {
    const { tilesPerSide, stage, camera } = this;
    const { renderer } = this.graphics;
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
    cameraApplyPose(camera, request.pose);
    this.aim(target, tile, gridSize);
    const clearColor = renderer.getClearColor(new Color());
    const clearAlpha = renderer.getClearAlpha();
    renderer.setRenderTarget(target);
    renderer.setClearColor(0x000000, 0);
    stage.scene.overrideMaterial = material;
    try {
      stage.withObjectAlone(() => {
        renderer.clear();
        renderer.render(stage.scene, camera);
      });
    } finally {
      stage.scene.overrideMaterial = null;
      renderer.setRenderTarget(null);
      renderer.setClearColor(clearColor, clearAlpha);
    }
  }

  /** RGBA of the first `count` tiles, each top row first, one after the other. One readback. */
  readTiles(count: number): Uint8ClampedArray {
    const { sizePx, tilesPerSide, pixels, target } = this;
    // Every picture is opaque, and the first tile is always drawn: where nothing was read, this stays.
    pixels[ALPHA] = 0;
    const [widthPx, heightPx] = this.extentPx(count);
    this.graphics.renderer.readRenderTargetPixels(target, 0, 0, widthPx, heightPx, pixels);
    this.checkRead(pixels);
    return tilesTopRowFirst(pixels, count, sizePx, tilesPerSide, new Uint8ClampedArray(count * sizePx * sizePx * 4));
  }

  /**
   * As {@link readTiles}, but the page goes on while the card draws: reading back at once would hold it for as long. What is drawn
   * afterwards leaves these tiles as they are.
   */
  async readTilesInTime(count: number): Promise<Uint8ClampedArray> {
    const { sizePx, tilesPerSide, target } = this;
    const [widthPx, heightPx] = this.extentPx(count);
    const pixels = new Uint8Array(4 * widthPx * heightPx);
    try {
      await this.graphics.renderer.readRenderTargetPixelsAsync(target, 0, 0, widthPx, heightPx, pixels);
    } catch {
      // A lost context fails without a reason; the empty pixels say so.
    }
    this.checkRead(pixels);
    return tilesTopRowFirst(pixels, count, sizePx, tilesPerSide, new Uint8ClampedArray(count * sizePx * sizePx * 4));
  }

  /** (x, y, z, mask) of the first `count` position tiles, metres in the world, top row first. */
  readPositions(count: number): Float32Array {
    if (!this.positions) throw new Error('renderPositions() comes first');
    const { target, gridSize } = this.positions;
    const sidePx = gridSize * this.tilesPerSide;
    const raw = new Float32Array(sidePx * sidePx * 4);
    this.graphics.renderer.readRenderTargetPixels(target, 0, 0, sidePx, sidePx, raw);
    return tilesTopRowFirst(raw, count, gridSize, this.tilesPerSide, new Float32Array(count * gridSize * gridSize * 4));
  }

  /** One picture. Uses the first tile. */
  picture(request: CaptureRequest): Uint8ClampedArray {
    this.renderTile(0, request);
    return this.readTiles(1);
  }

  /** As {@link picture}, read by {@link readTilesInTime}. */
  pictureInTime(request: CaptureRequest): Promise<Uint8ClampedArray> {
    this.renderTile(0, request);
    return this.readTilesInTime(1);
  }

  dispose(): void {
    this.stage.dispose();
    this.target.dispose();
    this.positions?.target.dispose();
    this.positions?.material.dispose();
    if (this.ownsGraphics) graphicsDispose(this.graphics);
  }

  /** Of the rows of tiles that hold the first `count`. */
  private extentPx(count: number): readonly [widthPx: number, heightPx: number] {
    const { sizePx, tilesPerSide } = this;
    return [tilesPerSide * sizePx, Math.ceil(count / tilesPerSide) * sizePx];
  }

  /** @throws CaptureError when nothing was read */
  private checkRead(pixels: Uint8Array): void {
    if (this.graphics.renderer.getContext().isContextLost() || pixels[ALPHA] === 0)
      throw new CaptureError(
        'The graphics card gave no picture: it was taken away, or its memory is full. Reload the page.',
      );
  }

  /** Drawing into `target` then reaches the one tile and leaves the others alone. */
  private aim(target: WebGLRenderTarget, tile: number, tilePx: number): void {
    const x = (tile % this.tilesPerSide) * tilePx;
    const y = Math.floor(tile / this.tilesPerSide) * tilePx;
    target.viewport.set(x, y, tilePx, tilePx);
    target.scissor.set(x, y, tilePx, tilePx);
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
