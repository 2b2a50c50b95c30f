import { describe, expect, it } from 'vitest';
import { objectSections, type ObjectChoice } from './object-choice';

const choice = (id: string, name: string, keywords: string, group: ObjectChoice['group']): ObjectChoice => ({
  ...{ id, name, keywords, group },
  thumbnailUrl: null,
  credit: null,
  kept: null,
});

const OBJECTS = [
  choice('car', 'car', '小汽车', 'things'),
  choice('letter-f', 'letter F', '字母 F', 'figures'),
  choice('camera', 'film camera', '胶片相机', 'things'),
  choice('vase', 'vase', '花瓶', 'ambiguous'),
  choice('own-chair-1', 'Chair', '', 'own'),
];

const found = (query: string): string[] =>
  objectSections(OBJECTS, query).flatMap(({ objects }) => objects.map(({ id }) => id));

describe('objectSections', () => {
  it('shows everything by groups, own objects first, hard ones last', () => {
    expect(objectSections(OBJECTS, '').map(({ group }) => group)).toEqual(['own', 'things', 'figures', 'ambiguous']);
    expect(found('  ')).toEqual(['own-chair-1', 'car', 'camera', 'letter-f', 'vase']);
  });

  it('finds by any part of any name, in any language, whatever the case', () => {
    expect(found('CA')).toEqual(['car', 'camera']);
    expect(found('相机')).toEqual(['camera']);
    expect(found('f letter')).toEqual(['letter-f']);
    expect(found('ＣＨＡＩＲ')).toEqual(['own-chair-1']);
  });

  it('finds nothing rather than everything', () => {
    expect(objectSections(OBJECTS, 'zebra')).toEqual([]);
  });
});
