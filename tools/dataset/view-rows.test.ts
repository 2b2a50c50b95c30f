import { describe, expect, it } from 'vitest';
import { rngFromSeed } from '../../src/core/rng';
import { PAIR_FAMILY_IDS } from '../../src/questions/broad-families';
import { familyColumns } from '../../src/questions/pair-items';
import { viewPairs } from '../../src/questions/view-pairs';
import { turnedDegOf } from '../../src/testing/poses';
import { boxPoints, sampleObjects, sampleRows } from './sample-objects.test-helper';
import { fillOfView } from './view-recipe-2';
import { renderedObjects, rowsFromJsonl, sampleViews, viewRow } from './view-rows';

describe('recipe 1', () => {
  it('gives the views that sets rendered so far have', () => {
    const views = sampleViews(1, rngFromSeed('train/1/0/box'), boxPoints('box'));
    expect(views).toHaveLength(22);
    const row = viewRow('box', 0, 3, views[3] as (typeof views)[number]);
    expect(Object.keys(row)).toEqual([
      'object',
      'objectIndex',
      'view',
      'azimuthDeg',
      'elevationDeg',
      'distanceM',
      'fovYDeg',
      'lightRule',
      'twinOf',
    ]);
    // Recorded before there was a second recipe.
    expect([row.azimuthDeg, row.elevationDeg, row.distanceM, row.fovYDeg]).toEqual([
      110.56490940973163, 29.798016018234193, 3.9893990219789264, 40.278471030294895,
    ]);
  });

  it('has no items', () => {
    const [view] = sampleViews(1, rngFromSeed('a'), boxPoints('box'));
    expect(() => renderedObjects([viewRow('box', 0, 0, view as NonNullable<typeof view>)])).toThrow(/--recipe 2/);
  });
});

describe('recipe 2', () => {
  const objects = sampleObjects(30);

  it('is a function of its seed', () => {
    const make = (seed: string) => sampleViews(2, rngFromSeed(seed), boxPoints('box'));
    expect(make('a')).toEqual(make('a'));
    expect(make('b')).not.toEqual(make('a'));
  });

  it.each(PAIR_FAMILY_IDS)('%s: nearly every object can be asked for every answer', (family) => {
    const columns = [...new Set(familyColumns(family).map(({ pairColumn }) => pairColumn))];
    const found = objects.map(({ views }) => new Set(viewPairs(family, views).map((pair) => pair.column)));
    for (const column of columns) {
      const able = found.filter((there) => there.has(column));
      expect(able.length, column).toBeGreaterThanOrEqual(27);
    }
  });

  it('rows carry how far a camera is turned, and the whole pose where it is', () => {
    const rows = sampleRows(3);
    expect(rows.filter(({ turnedDeg }) => turnedDeg !== 0)).toHaveLength(18);
    for (const [index, row] of rows.entries()) {
      const view = objects[row.objectIndex]?.views[row.view];
      expect(turnedDegOf(view?.pose as NonNullable<typeof view>['pose']), `${index}`).toBeCloseTo(
        row.turnedDeg ?? NaN,
        9,
      );
      expect(row.positionWorld === undefined).toBe(row.turnedDeg === 0);
    }
  });

  it('keeps the object in every picture, whole where cameras strafe or turn', () => {
    for (const [index, { views }] of objects.entries()) {
      for (const { pose, turnedDeg, fill } of views) {
        expect(fill).toBeCloseTo(fillOfView(boxPoints(`box-${index}`), pose), 9);
        if (turnedDeg !== 0) expect(fill).toBeLessThan(1);
        expect(fill).toBeGreaterThan(0.25);
      }
    }
  });
});

describe('rowsFromJsonl', () => {
  it('names the broken line', () => {
    expect(rowsFromJsonl('{"a":1}\n{"a":2}\n', 'x')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(() => rowsFromJsonl('{"a":1}\n{"a"', 'shard-0001/views.jsonl')).toThrow(/views\.jsonl, line 2/);
  });
});
