import { describe, expect, it } from 'vitest';
import { dollyOfWheel, moveOfKey, overviewTurnOfKey } from './camera-moves';

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

describe('the wheel over a view', () => {
  const turn = (deltaY: number, ctrlKey = false, metaKey = false) => ({ deltaY, ctrlKey, metaKey });

  it('scrolls the page until the view has the focus', () => {
    expect(dollyOfWheel(turn(100), false)).toBeNull();
    expect(dollyOfWheel(turn(-100), false)).toBeNull();
    expect(dollyOfWheel(turn(100), true)).toBeGreaterThan(1);
    expect(dollyOfWheel(turn(-100), true)).toBeLessThan(1);
  });

  it('moves any view with Ctrl or Cmd, and so does a pinch', () => {
    expect(dollyOfWheel(turn(100, true), false)).toBeGreaterThan(1);
    expect(dollyOfWheel(turn(-4, false, true), false)).toBeCloseTo(Math.exp(-0.04), 6);
  });

  it('leaves sideways turns to the page', () => {
    expect(dollyOfWheel(turn(0), true)).toBeNull();
  });

  it('never jumps, however hard it is turned', () => {
    for (const isPinch of [false, true]) expect(dollyOfWheel(turn(1e9, isPinch), true)).toBeLessThan(1.25);
  });
});
