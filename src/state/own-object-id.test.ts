import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOwnObjectId, ownObjectId, ownObjectWords } from './own-object-id';
import { urlRead, urlWrite } from './url-codec';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('ownObjectId', () => {
  it('is the same for the same content and another for any change', () => {
    const id = ownObjectId('My Chair', [bytes(1, 2, 3)], '+Y +Z');
    expect(ownObjectId('My Chair', [bytes(1, 2, 3)], '+Y +Z')).toBe(id);
    expect(ownObjectId('My Chair', [bytes(1, 2, 4)], '+Y +Z')).not.toBe(id);
    expect(ownObjectId('My Chair', [bytes(1, 2, 3)], '+Z +X')).not.toBe(id);
    expect(ownObjectId('My Chair', [bytes(1, 2, 3), bytes(0)], '+Y +Z')).not.toBe(id);
  });

  it('tells many small files apart', () => {
    const ids = Array.from({ length: 5000 }, (_, k) => ownObjectId('a', [bytes(k & 255, k >> 8)], ''));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('goes through an address unharmed, whatever the file is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uint8Array(), (name, content) => {
        const objectId = ownObjectId(name, [content], '+Y +Z');
        expect(isOwnObjectId(objectId)).toBe(true);
        const { state, issues } = urlRead(urlWrite({ ...urlRead('').state, objectId }));
        expect(issues).toEqual([]);
        expect(state.objectId).toBe(objectId);
      }),
    );
  });

  it('can be put into words again', () => {
    expect(ownObjectWords(ownObjectId('My Chair', [bytes(1)], ''))).toBe('my-chair');
    expect(ownObjectWords(ownObjectId('椅子', [bytes(1)], ''))).toBe('mesh');
    expect(ownObjectWords('own-x')).toBe('x');
  });
});
