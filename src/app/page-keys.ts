/** What a key means for the whole page: 1 to 6 answer, N goes on, Ctrl or Cmd with Z steps back. */

export type PageKey =
  /** Of the option with this place. */
  { readonly kind: 'answer'; readonly index: number } | { readonly kind: 'next' | 'undo' | 'redo' };

export type PressedKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>;

/** Ctrl or Cmd with Z, with Shift or with Y forward again. */
function stepOf({ key, altKey, shiftKey }: PressedKey): 'undo' | 'redo' | null {
  if (altKey) return null;
  const letter = key.toLowerCase();
  if (letter === 'y' && !shiftKey) return 'redo';
  return letter === 'z' ? (shiftKey ? 'redo' : 'undo') : null;
}

/**
 * Null for a key that means nothing.
 * @param singleKeys whether keys alone mean something: speech input and unsteady hands press them unasked (WCAG 2.1.4)
 */
export function pageKeyOf(pressed: PressedKey, singleKeys: boolean): PageKey | null {
  const { key, ctrlKey, metaKey, altKey, repeat } = pressed;
  if (ctrlKey || metaKey) {
    const step = stepOf(pressed);
    return step && { kind: step };
  }
  if (!singleKeys || altKey || repeat) return null;
  if (/^[1-6]$/.test(key)) return { kind: 'answer', index: Number(key) - 1 };
  return key === 'n' || key === 'N' ? { kind: 'next' } : null;
}
