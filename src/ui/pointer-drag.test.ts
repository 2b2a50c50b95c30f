import { describe, expect, it } from 'vitest';
import { fingerDown, fingerMove, fingersSpread, type Fingers } from './pointer-drag';

const at = (clientX: number, clientY: number, pointerId = 1) => ({ pointerId, clientX, clientY });

describe('a drag', () => {
  it('goes from press to release, step by step', () => {
    const fingers: Fingers = new Map();
    expect(fingerMove(fingers, { ...at(0, 0), buttons: 1 })).toBeNull();
    expect(fingerDown(fingers, { ...at(10, 10), button: 0 })).toBe(true);
    expect(fingerMove(fingers, { ...at(14, 9), buttons: 1 })).toEqual({ dx: 4, dy: -1 });
    expect(fingerMove(fingers, { ...at(15, 9), buttons: 1 })).toEqual({ dx: 1, dy: 0 });
    fingers.delete(1);
    expect(fingerMove(fingers, { ...at(20, 9), buttons: 1 })).toBeNull();
  });

  it.each([1, 2, 3, 4, 5])('does not begin with button %i', (button) => {
    const fingers: Fingers = new Map();
    expect(fingerDown(fingers, { ...at(10, 10), button })).toBe(false);
    expect(fingerMove(fingers, { ...at(14, 10), buttons: 1 })).toBeNull();
  });

  it('ends with the first move that no button is down for', () => {
    const fingers: Fingers = new Map();
    fingerDown(fingers, { ...at(10, 10), button: 0 });
    expect(fingerMove(fingers, { ...at(400, 10), buttons: 0 })).toBeNull();
    expect(fingerMove(fingers, { ...at(401, 10), buttons: 1 })).toBeNull();
  });

  it('follows every finger by itself, and tells how far the first two are apart', () => {
    const fingers: Fingers = new Map();
    fingerDown(fingers, { ...at(0, 0, 1), button: 0 });
    expect(fingersSpread(fingers)).toBe(0);
    fingerDown(fingers, { ...at(30, 40, 2), button: 0 });
    expect(fingersSpread(fingers)).toBe(50);
    expect(fingerMove(fingers, { ...at(30, 0, 2), buttons: 1 })).toEqual({ dx: 0, dy: -40 });
    expect(fingersSpread(fingers)).toBe(30);
    expect(fingerMove(fingers, { ...at(30, 0, 1), buttons: 1 })).toEqual({ dx: 30, dy: 0 });
  });
});
