import { describe, expect, it } from 'vitest';
import { pageKeyOf, type PressedKey } from './page-keys';

const NO_MODIFIERS = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false };
const press = (key: string, modifiers: Partial<PressedKey> = {}): PressedKey => ({
  ...NO_MODIFIERS,
  key,
  ...modifiers,
});

describe('keys of the whole page', () => {
  it.each([
    [press('1'), { kind: 'answer', index: 0 }],
    [press('6'), { kind: 'answer', index: 5 }],
    [press('n'), { kind: 'next' }],
    [press('N', { shiftKey: true }), { kind: 'next' }],
  ])('%o alone acts only while single keys are on', (pressed, meaning) => {
    expect(pageKeyOf(pressed, true)).toEqual(meaning);
    expect(pageKeyOf(pressed, false)).toBeNull();
  });

  it.each([
    [press('z', { ctrlKey: true }), 'undo'],
    [press('z', { metaKey: true, repeat: true }), 'undo'],
    [press('Z', { ctrlKey: true, shiftKey: true }), 'redo'],
    [press('y', { ctrlKey: true }), 'redo'],
  ])('%o steps through the movements, whatever single keys do', (pressed, kind) => {
    expect(pageKeyOf(pressed, true)).toEqual({ kind });
    expect(pageKeyOf(pressed, false)).toEqual({ kind });
  });

  it.each([
    press('0'),
    press('7'),
    press('12'),
    press(''),
    press('z'),
    press('Enter'),
    press('1', { ctrlKey: true }),
    press('1', { altKey: true }),
    press('1', { repeat: true }),
    press('n', { metaKey: true }),
    press('z', { ctrlKey: true, altKey: true }),
    press('Y', { ctrlKey: true, shiftKey: true }),
  ])('%o means nothing', (pressed) => {
    expect(pageKeyOf(pressed, true)).toBeNull();
  });
});
