/** Beyond it, a turn by whole rounds is left to rounding, and nobody means it. */
const LARGEST = 1e6;

/**
 * What people type for a number: a decimal comma, a true minus, a degree sign and the wide figures of Chinese keyboards are theirs to use. Null
 * for a text that is none.
 */
export function numberFromText(text: string): number | null {
  const plain = text.normalize('NFKC').replace('−', '-').replace('°', '').replace(/[,。]/, '.').trim();
  // Number() reads hexadecimal figures, too.
  const value = /^[-+.\d][-+.\de]*$/i.test(plain) ? Number(plain) : NaN;
  return Math.abs(value) <= LARGEST ? value : null;
}
