import { describe, expect, it } from 'vitest';
import { moveOfKey } from './camera-moves';

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
