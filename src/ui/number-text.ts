/** What people type for a number: a decimal comma, a true minus and a degree sign are theirs to use. Null for a text that is none. */
export function numberFromText(text: string): number | null {
  const plain = text.replace('−', '-').replace('°', '').replace(',', '.').trim();
  const value = Number(plain);
  return plain !== '' && Number.isFinite(value) ? value : null;
}
