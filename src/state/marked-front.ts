/** Which objects have a front that people agree on. */

/** Figures of blocks and bodies that look the same all around: their front is a matter of convention. */
const FRONTLESS = /^(block-figure-|letter-f$|vase$|square-table$|generated:)/;

export const hasMarkedFront = (objectId: string): boolean => !FRONTLESS.test(objectId);
