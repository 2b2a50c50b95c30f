/** Runs in headless Chromium: renders the room that objects mirror, and hands over its pixels. */
import { DataUtils, WebGLRenderer } from 'three';
import { roomRender } from '../../src/scene/environment';
import { CUBE_FACES, ROOM_FACES_PX, roomPixelsEncode } from '../../src/scene/room-pixels';

declare global {
  interface Window {
    /** Uploads the room's pixels as src/scene/room-pixels.ts reads them, unpacked. */
    roomUpload: () => Promise<void>;
  }
}

/** A face as a texture of one's own holds it: three.js takes those for mirrored, its render targets not. */
const mirroredFace = (face: number): number => (face < 2 ? 1 - face : face);

/** Grey half floats of one face, each row mirrored. */
function faceRead(gl: WebGL2RenderingContext, facePx: number): Uint16Array {
  const rgba = new Float32Array(4 * facePx ** 2);
  gl.readPixels(0, 0, facePx, facePx, gl.RGBA, gl.FLOAT, rgba);
  const grey = new Uint16Array(facePx ** 2);
  for (let y = 0; y < facePx; y++)
    for (let x = 0; x < facePx; x++) {
      const [red, green, blue] = rgba.subarray(4 * (y * facePx + facePx - 1 - x));
      if (red !== green || red !== blue) throw new Error('The room is not grey: its file would lose the colours.');
      grey[y * facePx + x] = DataUtils.toHalfFloat(red as number);
    }
  return grey;
}

window.roomUpload = async () => {
  const renderer = new WebGLRenderer({ canvas: document.createElement('canvas') });
  const { texture } = roomRender(renderer);
  const gl = renderer.getContext() as WebGL2RenderingContext;
  const { __webglTexture: pixels } = renderer.properties.get(texture) as { __webglTexture: WebGLTexture };
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  const room = ROOM_FACES_PX.map((facePx, level) =>
    Array.from({ length: CUBE_FACES }, (_, face) => {
      const side = gl.TEXTURE_CUBE_MAP_POSITIVE_X + mirroredFace(face);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, side, pixels, level);
      return faceRead(gl, facePx);
    }),
  );
  if (gl.getError() !== gl.NO_ERROR) throw new Error('The room could not be read back from the graphics card.');
  const answer = await fetch('/upload/room', { method: 'POST', body: roomPixelsEncode(room) });
  if (!answer.ok) throw new Error(await answer.text());
};
document.documentElement.dataset['ready'] = 'true';
