/** The surroundings that objects mirror and are lit by: a texture from the room's file, or rendered anew without it. */
import {
  CubeTexture,
  DataTexture,
  HalfFloatType,
  LinearFilter,
  LinearMipmapLinearFilter,
  LinearSRGBColorSpace,
  PMREMGenerator,
  RGBAFormat,
  type Texture,
  type WebGLCubeRenderTarget,
  type WebGLRenderer,
} from 'three';
import { RoomEnvironment } from 'three/addons/environments/RoomEnvironment.js';
import { ROOM_FACES_PX, roomPixels, type RoomPixels } from './room-pixels';

/** Radians: soft enough that no lamp of the room has an edge. */
const ROOM_BLUR_RAD = 0.04;

/** The room, rendered and blurred on the graphics card. The caller disposes it. */
export function roomRender(renderer: WebGLRenderer): WebGLCubeRenderTarget {
  const generator = new PMREMGenerator(renderer);
  const room = new RoomEnvironment();
  const target = generator.fromScene(room, ROOM_BLUR_RAD);
  room.dispose();
  generator.dispose();
  return target;
}

const HALF_ONE = 0x3c00;

function faceTexture(grey: Uint16Array, facePx: number): DataTexture {
  const rgba = new Uint16Array(4 * grey.length);
  for (let at = 0; at < grey.length; at++) {
    rgba[4 * at] = rgba[4 * at + 1] = rgba[4 * at + 2] = grey[at] as number;
    rgba[4 * at + 3] = HALF_ONE;
  }
  return new DataTexture(rgba, facePx, facePx, RGBAFormat, HalfFloatType);
}

const halved = (face: Uint16Array, facePx: number): Uint16Array =>
  face.filter((_, at) => at % 2 === 0 && Math.floor(at / facePx) % 2 === 0);

function roomTexture(room: RoomPixels): CubeTexture<DataTexture> {
  const roughestPx = ROOM_FACES_PX[ROOM_FACES_PX.length - 1] as number;
  // three.js takes the last but one of a cube texture's levels for the roughest; of its own render target the last.
  const levels = [...room, (room[room.length - 1] ?? []).map((face) => halved(face, roughestPx))];
  const sidesPx = [...ROOM_FACES_PX, roughestPx / 2];
  const [sharpest = [], ...rest] = levels.map((faces, level) =>
    faces.map((face) => faceTexture(face, sidesPx[level] as number)),
  );
  const texture = new CubeTexture(sharpest);
  texture.format = RGBAFormat;
  texture.type = HalfFloatType;
  texture.colorSpace = LinearSRGBColorSpace;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = false;
  texture.needsUpdate = true;
  return Object.assign(texture, { mipmaps: rest.map((image) => ({ image })), isPMREMTexture: true });
}

/** From the room's file if it is loaded; belongs to `renderer`. Given back with {@link environmentDispose}. */
export function environmentCreate(renderer: WebGLRenderer): Texture {
  const room = roomPixels();
  return room ? roomTexture(room) : roomRender(renderer).texture;
}

/** The pixels of a rendered room belong to its target: its texture alone frees nothing. */
export function environmentDispose(environment: Texture): void {
  (environment.renderTarget ?? environment).dispose();
}
