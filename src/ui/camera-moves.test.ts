import { describe, expect, it } from 'vitest';
import { moveOfKey, overviewTurnOfKey } from './camera-moves';

describe('keys of a view', () => {
  it.each([
    ['ArrowRight', false, 'orbit', { kind: 'orbit', right: 5, up: 0 }],
    ['ArrowUp', true, 'orbit', { kind: 'orbit', right: 0, up: 15 }],
    ['ArrowLeft', false, 'strafe', { kind: 'strafe', right: -0.04, up: 0 }],
    ['ArrowDown', true, 'turn', { kind: 'turn', right: 0, up: -0.12 }],
    ['d', false, 'orbit', { kind: 'strafe', right: 0.04, up: 0 }],
    ['D', true, 'orbit', { kind: 'strafe', right: 0.12, up: 0 }],
    ['q', false, 'strafe', { kind: 'turn', right: -0.04, up: 0 }],
    ['+', false, 'turn', { kind: 'dolly', closer: true }],
    ['-', false, 'orbit', { kind: 'dolly', closer: false }],
    ['n', false, 'orbit', null],
    ['1', false, 'orbit', null],
  ] as const)('%s, shift %s, arrows %s', (key, shift, kind, move) => {
    expect(moveOfKey(key, shift, kind)).toEqual(move);
  });
});

describe('keys of the overview', () => {
  it.each([
    ['ArrowRight', false, 5],
    ['ArrowLeft', false, -5],
    ['ArrowRight', true, 15],
  ] as const)('%s, shift %s: %d°', (key, shift, azimuthDeg) => {
    expect(overviewTurnOfKey(key, shift)).toBe(azimuthDeg);
  });

  it.each(['ArrowUp', 'ArrowDown', 'PageDown', ' ', 'Tab', 'Escape', 'Home', '+', 'a', 'q', 'n', '1'])(
    'leave %s to the page',
    (key) => {
      expect(overviewTurnOfKey(key, false)).toBeNull();
      expect(overviewTurnOfKey(key, true)).toBeNull();
    },
  );
});
