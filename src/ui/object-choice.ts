/** What the picker knows about an object, and which objects a search finds. */

/** In the order in which the picker shows them. */
const OBJECT_GROUPS = ['own', 'things', 'figures', 'ambiguous'] as const;
export type ObjectGroup = (typeof OBJECT_GROUPS)[number];

export interface ObjectCredit {
  readonly author: string;
  /** SPDX identifier. */
  readonly license: string;
  /** An address, or a path in this project's repository. */
  readonly source: string;
}

export interface ObjectChoice {
  readonly id: string;
  /** In the language of the page. */
  readonly name: string;
  /** Words that find it besides, such as its name in other languages. */
  readonly keywords: string;
  readonly group: ObjectGroup;
  /** Address of a small square picture; null for none. */
  readonly thumbnailUrl: string | null;
  /** Who made it, on what terms and from what; null for a person's own. */
  readonly credit: ObjectCredit | null;
  /** Own objects: whether the browser keeps it for the next visit. Null for the page's own. */
  readonly kept: boolean | null;
}

export interface ObjectSection {
  readonly group: ObjectGroup;
  readonly objects: readonly ObjectChoice[];
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Groups in display order, empty ones left out; every word of the query must occur in an object's names. */
export function objectSections(objects: readonly ObjectChoice[], query: string): readonly ObjectSection[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const isFound = ({ name, keywords }: ObjectChoice): boolean => {
    const text = folded(`${name} ${keywords}`);
    return words.every((word) => text.includes(word));
  };
  return OBJECT_GROUPS.map((group) => ({
    group,
    objects: objects.filter((object) => object.group === group && isFound(object)),
  })).filter(({ objects: found }) => found.length > 0);
}
