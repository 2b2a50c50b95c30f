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

/** @param images paths of its pictures */
export const toViewpoint100k = (item: Item, images: Viewpoint100kRow['images']): Viewpoint100kRow => ({
  messages: [
    { role: 'user', content: promptTextWithImages(item, 'letter') },
    { role: 'assistant', content: answerLetter(item) },
  ],
  images,
});
