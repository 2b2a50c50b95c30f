/**
 * Parts of the page that an address can leave out, for lessons and for pages that embed this one. `tools` are those for both cameras at
 * once: they stand in the overview, and under the views where there is none.
 */
export const PAGE_PARTS = ['header', 'overview', 'tools', 'you', 'model', 'truth'] as const;
export type PagePart = (typeof PAGE_PARTS)[number];

export interface PageShape {
  /** The page stands inside another one: views, question and answer only. */
  readonly isEmbedded: boolean;
  readonly hidden: readonly PagePart[];
}

const isPagePart = (text: string): text is PagePart => PAGE_PARTS.some((known) => known === text);

/** Parts from `model,truth`; null when a name means nothing. */
export function pagePartsFromText(text: string): readonly PagePart[] | null {
  const names = text.split(',');
  return names.every(isPagePart) ? PAGE_PARTS.filter((part) => names.includes(part)) : null;
}

/** Inside another page these are never shown. */
const HIDDEN_IN_EMBED: readonly PagePart[] = ['header', 'overview', 'tools', 'model', 'truth'];

/** Those of the parts that an embedded page would show. */
export const partsOfEmbed = (parts: readonly PagePart[]): readonly PagePart[] =>
  parts.filter((part) => !HIDDEN_IN_EMBED.includes(part));

export const isPartShown = ({ isEmbedded, hidden }: PageShape, part: PagePart): boolean =>
  !hidden.includes(part) && !(isEmbedded && HIDDEN_IN_EMBED.includes(part));
