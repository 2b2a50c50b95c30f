/** Where an arrow key leads in tiles that wrap into rows and stand in groups: by what is seen, not by counting columns. */

export interface TilePlace {
  /** CSS pixels; tiles of one row have the same `top`. */
  readonly left: number;
  readonly top: number;
}

const TILE_KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const;
export type TileKey = (typeof TILE_KEYS)[number];

export const isTileKey = (key: string): key is TileKey => (TILE_KEYS as readonly string[]).includes(key);

/** The nearest tile of the row above or below; the same tile where there is no such row. */
function rowStep(places: readonly TilePlace[], from: number, isDown: boolean): number {
  const here = places[from];
  if (!here) return from;
  const beyond = places.filter(({ top }) => (isDown ? top > here.top : top < here.top)).map(({ top }) => top);
  if (beyond.length === 0) return from;
  const rowTop = isDown ? Math.min(...beyond) : Math.max(...beyond);
  let best = from;
  let bestPx = Infinity;
  places.forEach(({ left, top }, index) => {
    if (top !== rowTop || Math.abs(left - here.left) >= bestPx) return;
    best = index;
    bestPx = Math.abs(left - here.left);
  });
  return best;
}

/** Index of the tile that `key` leads to from tile `from`; −1 when there are no tiles. */
export function tileStep(places: readonly TilePlace[], from: number, key: TileKey): number {
  const last = places.length - 1;
  switch (key) {
    case 'ArrowLeft':
      return Math.min(last, Math.max(0, from - 1));
    case 'ArrowRight':
      return Math.min(last, from + 1);
    case 'ArrowUp':
    case 'ArrowDown':
      return rowStep(places, from, key === 'ArrowDown');
    case 'Home':
      return Math.min(last, 0);
    case 'End':
      return last;
  }
}
