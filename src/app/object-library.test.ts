import { describe, expect, it } from 'vitest';
import indexFile from '../../public/meshes/index.json';
import { firstListed, objectChoices, objectsFromIndex } from './object-library';

const MESHES_URL = './meshes/';
const listed = objectsFromIndex(indexFile, MESHES_URL);

describe('the list of objects', () => {
  it('is begun with what the file says of the first object, but for its maker', () => {
    expect(listed.map((object) => ({ ...object, credit: null }))).toEqual(
      expect.arrayContaining([...firstListed(MESHES_URL)]),
    );
  });

  it('names who made each object, and on what terms', () => {
    for (const { id, credit } of objectChoices(listed, [], 'en')) {
      expect(credit?.author, id).toBeTruthy();
      expect(credit?.license, id).toMatch(/^[A-Z][\w.-]+$/);
    }
  });

  it('shows no credit rather than half of one', () => {
    const [object] = objectsFromIndex({ meshes: [{ id: 'thing', author: 'Somebody' }] }, MESHES_URL);
    expect(object?.credit).toBeNull();
  });
});
