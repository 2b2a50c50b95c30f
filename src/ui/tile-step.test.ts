import { describe, expect, it } from 'vitest';
import { tileStep, type TilePlace } from './tile-step';

/** Two groups of three columns: five tiles, then two. */
const PLACES: readonly TilePlace[] = [
  ...[0, 100, 200].map((left) => ({ left, top: 0 })),
  ...[0, 100].map((left) => ({ left, top: 100 })),
  ...[0, 100].map((left) => ({ left, top: 240 })),
];

describe('tileStep', () => {
  it('goes through all tiles sideways and stops at both ends', () => {
    expect(tileStep(PLACES, 2, 'ArrowRight')).toBe(3);
    expect(tileStep(PLACES, 3, 'ArrowLeft')).toBe(2);
    expect(tileStep(PLACES, 0, 'ArrowLeft')).toBe(0);
    expect(tileStep(PLACES, 6, 'ArrowRight')).toBe(6);
  });

  it('goes to the nearest tile of the next row, across groups', () => {
    expect(tileStep(PLACES, 1, 'ArrowDown')).toBe(4);
    expect(tileStep(PLACES, 4, 'ArrowDown')).toBe(6);
    expect(tileStep(PLACES, 6, 'ArrowUp')).toBe(4);
    // A row that is shorter: its last tile is the nearest.
    expect(tileStep(PLACES, 2, 'ArrowDown')).toBe(4);
  });

  it('stays where there is no row', () => {
    expect(tileStep(PLACES, 1, 'ArrowUp')).toBe(1);
    expect(tileStep(PLACES, 5, 'ArrowDown')).toBe(5);
  });

  it('jumps to both ends, and nowhere in an empty list', () => {
    expect(tileStep(PLACES, 3, 'Home')).toBe(0);
    expect(tileStep(PLACES, 3, 'End')).toBe(6);
    for (const key of ['ArrowRight', 'ArrowDown', 'Home', 'End'] as const) expect(tileStep([], -1, key)).toBe(-1);
  });
});
