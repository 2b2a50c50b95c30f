/** Turns a background's description into a small texture or colour; deterministic. */
import { Color, DataTexture, LinearFilter, NearestFilter, SRGBColorSpace, type Texture } from 'three';
import { rngFromSeed } from '../core/rng';
import type { Background, HexColor } from '../core/scene-spec';

const rgb = (hex: HexColor): [number, number, number] => [
  parseInt(hex.slice(1, 3), 16),
  parseInt(hex.slice(3, 5), 16),
  parseInt(hex.slice(5, 7), 16),
];

function textureFromShares(
  sizePx: number,
  first: HexColor,
  second: HexColor,
  shares: (x: number, y: number) => number,
) {
  const a = rgb(first);
  const b = rgb(second);
  const data = new Uint8Array(sizePx * sizePx * 4);
  for (let y = 0; y < sizePx; y++) {
    for (let x = 0; x < sizePx; x++) {
      const share = shares(x, y);
      const at = (y * sizePx + x) * 4;
      for (let c = 0; c < 3; c++) data[at + c] = Math.round((a[c] as number) * (1 - share) + (b[c] as number) * share);
      data[at + 3] = 255;
    }
  }
  const texture = new DataTexture(data, sizePx, sizePx);
  texture.colorSpace = SRGBColorSpace;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

/** The value of `scene.background`; textures belong to the caller, who disposes them. */
export function backgroundForScene(background: Background): Color | Texture {
  switch (background.kind) {
    case 'plain':
      return new Color(background.color);
    case 'gradient':
      // Row 0 of a data texture is the bottom of the picture.
      return textureFromShares(32, background.bottom, background.top, (_x, y) => y / 31);
    case 'texture': {
      const { pattern, cells, colors, seed } = background;
      const rng = rngFromSeed(seed);
      if (pattern === 'noise') return textureFromShares(cells, colors[0], colors[1], () => rng.next());
      const sizePx = 128;
      const cellPx = sizePx / cells;
      const slant = rng.range(-1, 1);
      const texture = textureFromShares(sizePx, colors[0], colors[1], (x, y) => {
        if (pattern === 'stripes') return Math.floor((x + slant * y) / cellPx) % 2 === 0 ? 0 : 1;
        const column = Math.floor(x / cellPx);
        const row = Math.floor(y / cellPx);
        if (pattern === 'checks') return (column + row) % 2;
        const dx = x / cellPx - column - 0.5;
        const dy = y / cellPx - row - 0.5;
        return dx * dx + dy * dy < 0.09 ? 1 : 0;
      });
      texture.magFilter = pattern === 'spots' ? LinearFilter : NearestFilter;
      return texture;
    }
  }
}
