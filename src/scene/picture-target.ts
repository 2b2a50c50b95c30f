/** Where pictures with smooth edges are drawn, on the page and off the screen. */
import { NearestFilter, SRGBColorSpace, WebGLRenderTarget } from 'three';

/** As many samples a pixel as browsers give a canvas with antialiasing. */
const SAMPLES = 4;

/**
 * To three.js it is the screen of a headset: pictures there are tone-mapped and in sRGB as on a canvas, by the same shaders, which so are
 * compiled once.
 */
export function pictureTargetCreate(sidePx: number): WebGLRenderTarget {
  const target = new WebGLRenderTarget(sidePx, sidePx, {
    samples: SAMPLES,
    colorSpace: SRGBColorSpace,
    // The shader writes sRGB; the card must not convert once more.
    internalFormat: 'RGBA8',
    minFilter: NearestFilter,
    magFilter: NearestFilter,
    resolveDepthBuffer: false,
  });
  target.scissorTest = true;
  return Object.assign(target, { isXRRenderTarget: true });
}
