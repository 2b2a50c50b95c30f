/** Tokens that an answer may take; both backends cut it there. */
export const LETTER_MAX_TOKENS = 8;
/** Twice what worked reasoning takes. */
export const REASONED_MAX_TOKENS = 128;
