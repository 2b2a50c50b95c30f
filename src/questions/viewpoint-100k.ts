/** Export of items as Viewpoint-100K: one JSON object a line, chat messages and two pictures, the answer a bare letter. */
import type { Item } from '../contract/item';
import { promptTextWithImages } from './prompt';
import { answerLetter } from './set-card';

export interface Viewpoint100kRow {
  readonly messages: readonly [
    { readonly role: 'user'; readonly content: string },
    { readonly role: 'assistant'; readonly content: string },
  ];
  /** Paths of view A and view B, relative to the file. */
  readonly images: readonly [string, string];
}

/** Paths of an item's two pictures beside its file. */
export const itemPicturePaths = (itemId: string): readonly [string, string] => [
  `images/${itemId}-a.png`,
  `images/${itemId}-b.png`,
];

export const toViewpoint100k = (item: Item, images = itemPicturePaths(item.id)): Viewpoint100kRow => ({
  messages: [
    { role: 'user', content: promptTextWithImages(item, 'letter') },
    { role: 'assistant', content: answerLetter(item) },
  ],
  images,
});

/** The whole file, one line per item, with a final line break. */
export const viewpoint100kJsonl = (items: readonly Item[]): string =>
  items.map((item) => `${JSON.stringify(toViewpoint100k(item))}\n`).join('');
