import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ownRecordsRead, type OwnRecord } from './own-store';

const stored = vi.hoisted(() => new Map<string, unknown>());
vi.mock('idb-keyval', () => ({
  createStore: () => null,
  entries: () => Promise.resolve([...stored]),
}));

const RECORD: OwnRecord = {
  version: 1,
  id: 'own-chair-1',
  name: 'Chair',
  files: [{ path: 'chair.glb', blob: new Blob(['x']) }],
  axes: { up: '+Y', front: '-Z' },
  withoutMissingLooks: false,
  thumbnailUrl: 'data:image/webp;base64,AAAA',
};

describe('kept objects', () => {
  beforeEach(() => {
    stored.clear();
    stored.set(RECORD.id, RECORD);
  });

  it('are read as they were kept', async () => {
    expect(await ownRecordsRead()).toEqual([RECORD]);
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'own-chair-1'],
    ['a list', []],
    ['another version', { ...RECORD, version: 2 }],
    ['a file that is null', { ...RECORD, files: [null] }],
    ['a file that is a number', { ...RECORD, files: [7] }],
    ['a file without content', { ...RECORD, files: [{ path: 'chair.glb', blob: null }] }],
    ['no axes', { ...RECORD, axes: null }],
    ['axes that are none', { ...RECORD, axes: { up: '+W', front: '+Z' } }],
    ['one axis', { ...RECORD, axes: { up: '+Y' } }],
    ['axes on one line', { ...RECORD, axes: { up: '+Y', front: '-Y' } }],
    ['no word on missing pictures', { ...RECORD, withoutMissingLooks: undefined }],
    ['a picture from elsewhere', { ...RECORD, thumbnailUrl: 'https://example.org/a.png' }],
  ])('count as absent when damaged (%s), and hide no other', async (_case, damaged) => {
    stored.set('own-damaged-1', damaged);
    expect(await ownRecordsRead()).toEqual([RECORD]);
  });
});
