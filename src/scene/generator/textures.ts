/** Small procedural textures as raw pixels, so that they exist in Node as well as in the browser. */
import { DataTexture, LinearFilter, LinearMipmapLinearFilter, RepeatWrapping, RGBAFormat, SRGBColorSpace } from 'three';
import type { Color } from 'three';
import type { Rng } from '../../core/rng';

const SIZE_PX = 64;

type Pattern = (u: number, v: number) => number;

function patternFromRng(rng: Rng): Pattern {
  const n = 2 + rng.int(5);
  const duty = rng.range(0.25, 0.6);
  const wrap = (t: number): number => t - Math.floor(t);
  switch (rng.int(7)) {
    case 0:
      return (u) => (wrap(u * n) < duty ? 1 : 0);
    case 1:
      return (_u, v) => (wrap(v * n) < duty ? 1 : 0);
    case 2:
      return (u, v) => (wrap((u + v) * n) < duty ? 1 : 0);
    case 3:
      return (u, v) => (wrap(u * n * 0.5) < 0.5 !== wrap(v * n * 0.5) < 0.5 ? 1 : 0);
    case 4:
      return (u, v) => (Math.hypot(wrap(u * n) - 0.5, wrap(v * n) - 0.5) < duty * 0.6 ? 1 : 0);
    case 5: {
      // Value noise on a wrapped lattice: blotches without a seam.
      const cells = n * 2;
      const lattice = Array.from({ length: cells * cells }, () => rng.next());
      const at = (i: number, j: number): number => lattice[((j + cells) % cells) * cells + ((i + cells) % cells)] ?? 0;
      return (u, v) => {
        const x = u * cells;
        const y = v * cells;
        const i = Math.floor(x);
        const j = Math.floor(y);
        const fx = x - i;
        const fy = y - j;
        const top = at(i, j) * (1 - fx) + at(i + 1, j) * fx;
        const bottom = at(i, j + 1) * (1 - fx) + at(i + 1, j + 1) * fx;
        return Math.min(1, Math.max(0, (top * (1 - fy) + bottom * fy - 0.35) * 3));
      };
    }
    default:
      return (u, v) => (wrap(v * n + (wrap(u * n) < 0.5 ? 0.5 : 0)) < 0.12 || wrap(u * n * 2) < 0.1 ? 1 : 0);
  }
}

/** A tiling two-colour pattern (stripes, checks, dots, blotches, bricks); the caller disposes it. */
export function textureFromRng(rng: Rng, ground: Color, figure: Color): DataTexture {
  const pattern = patternFromRng(rng);
  const data = new Uint8Array(SIZE_PX * SIZE_PX * 4);
  const a = ground.getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace);
  const b = figure.getRGB({ r: 0, g: 0, b: 0 }, SRGBColorSpace);
  for (let y = 0; y < SIZE_PX; y++) {
    for (let x = 0; x < SIZE_PX; x++) {
      const t = pattern((x + 0.5) / SIZE_PX, (y + 0.5) / SIZE_PX);
      const k = (y * SIZE_PX + x) * 4;
      data[k] = Math.round(255 * (a.r + (b.r - a.r) * t));
      data[k + 1] = Math.round(255 * (a.g + (b.g - a.g) * t));
      data[k + 2] = Math.round(255 * (a.b + (b.b - a.b) * t));
      data[k + 3] = 255;
    }
  }
  const texture = new DataTexture(data, SIZE_PX, SIZE_PX, RGBAFormat);
  texture.colorSpace = SRGBColorSpace;
  texture.wrapS = RepeatWrapping;
  texture.wrapT = RepeatWrapping;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = true;
  texture.needsUpdate = true;
  return texture;
}
