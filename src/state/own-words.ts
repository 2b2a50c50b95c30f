/** A question in somebody's own words, as it is asked, shown and written into an address. */

/** In UTF-16 units, as text fields count. Every character may take nine of an address. */
export const OWN_WORDS_MAX = 240;

/** Control characters, and halves of characters that no address can carry. */
const UNWRITABLE = /[\p{Cc}\p{Cs}]/gu;

/** The words of any text: at most so many, in one line, without blanks around them; empty when none are left. */
export const ownWordsOf = (text: string): string =>
  text.trim().slice(0, OWN_WORDS_MAX).replaceAll(UNWRITABLE, ' ').trim();

/** The words of a text that is nothing else, blanks around them apart; null for one that is empty, too long or damaged. */
export function ownWordsRead(text: string): string | null {
  const words = ownWordsOf(text);
  return words !== '' && words === text.trim() ? words : null;
}
