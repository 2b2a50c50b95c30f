import Ajv from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import itemSchema from '../contract/item.schema.json';
import { radFromDeg } from '../core/angles';
import { pointToCamera } from '../core/camera-pose';
import { orbitChange } from '../core/relative-pose';
import { sceneSpecSample } from '../core/scene-spec';
import type { Vec3 } from '../core/vec3';
import { itemSet } from '../testing/item-set';
import { FAMILY_IDS, QUESTION_IDS, type FamilyId } from './families';
import { groundTruth } from './ground-truth';
import { itemDrafts, itemWithDistances, type ItemSetRequest, type ViewpointItem } from './item-generator';
import { answerLetter, setCard } from './set-card';
import { toViewpoint100k } from './viewpoint-100k';

const OBJECT_IDS = ['chair', 'car', 'kettle', 'tower', 'bird'];
/** A long, flat box: a bounding sphere would frame it far too small. */
const POINTS: Vec3[] = [-0.8, 0.8].flatMap((x) =>
  [-0.15, 0.15].flatMap((y) => [-0.3, 0.3].map((z): Vec3 => [x, y, z])),
);

const request = (family: FamilyId, count: number, seed: number | string = 11): ItemSetRequest => ({
  seed,
  family,
  count,
  split: 'test',
  objectIds: OBJECT_IDS,
  sampleScene: sceneSpecSample,
});
const items = (family: FamilyId, count: number, seed?: number): ViewpointItem[] =>
  itemDrafts(request(family, count, seed)).map((draft) => itemWithDistances(draft, POINTS));
const changeOf = (item: ViewpointItem): ReturnType<typeof orbitChange> =>
  orbitChange(item.viewA, item.viewB, item.targetWorld);

const spread = (counts: readonly number[]): number => Math.max(...counts) - Math.min(...counts);

describe('balance', () => {
  it.each(QUESTION_IDS)('%s: sides, letters and orders are exactly even', (family) => {
    const set = items(family, 240);
    const card = setCard(set).families[family];
    expect(card).toMatchObject({
      n: 240,
      keys: { left: 120, right: 120, none: 0 },
      letters: { A: 80, B: 80, C: 80 },
      constantKeyScore: { left: 0.5, right: 0.5, none: 0 },
      bestConstantScore: 0.5,
    });
    const signs = set.map((item) => Math.sign(changeOf(item).deltaAzimuthDeg));
    expect(signs.filter((sign) => sign > 0)).toHaveLength(120);
    const combinations = set.map(({ options, answerKey }) => `${answerKey}: ${options.map(({ key }) => key).join()}`);
    const counts = [...new Set(combinations)].map((name) => combinations.filter((other) => other === name).length);
    expect(counts).toHaveLength(12);
    expect(new Set(counts)).toEqual(new Set([20]));
  });

  it('no-movement: questions and letters are exactly even', () => {
    const set = items('no-movement', 180);
    expect(setCard(set).families['no-movement']).toMatchObject({
      keys: { left: 0, right: 0, none: 180 },
      letters: { A: 60, B: 60, C: 60 },
      bestConstantScore: 1,
    });
    for (const question of QUESTION_IDS) expect(set.filter((item) => item.question === question)).toHaveLength(60);
  });

  it.each([1, 2, 5, 7, 11, 25, 100, 101])('%d items differ by at most one', (count) => {
    for (const family of FAMILY_IDS) {
      const card = setCard(items(family, count)).families[family];
      expect(spread(Object.values(card?.letters ?? {}))).toBeLessThanOrEqual(1);
      if (family !== 'no-movement') expect(Math.abs((card?.keys.left ?? 0) - (card?.keys.right ?? 0))).toBe(count % 2);
    }
  });

  it('uses every object equally often', () => {
    const set = items('ego-translation', 52);
    expect(spread(OBJECT_IDS.map((id) => set.filter(({ objectId }) => objectId === id).length))).toBe(1);
  });

  it('does not let the order in the set tell the key', () => {
    const keys = items('ego-translation', 400).map(({ answerKey }) => answerKey);
    const repeats = keys.filter((key, index) => index > 0 && key === keys[index - 1]).length;
    expect(Math.abs(repeats - 200)).toBeLessThan(45);
  });
});

describe('distribution', () => {
  const set = QUESTION_IDS.flatMap((family) => items(family, 600));
  const within = (values: readonly number[], lo: number, hi: number): void => {
    const slack = 1e-6;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(lo - slack);
    expect(Math.max(...values)).toBeLessThanOrEqual(hi + slack);
    // Reaches both ends: nothing is cut off.
    expect(Math.min(...values)).toBeLessThan(lo + 0.05 * (hi - lo));
    expect(Math.max(...values)).toBeGreaterThan(hi - 0.05 * (hi - lo));
  };
  const tenths = (values: readonly number[], lo: number, hi: number): number[] =>
    Array.from(
      { length: 10 },
      (_, i) => values.filter((v) => Math.min(9, Math.floor((10 * (v - lo)) / (hi - lo))) === i).length,
    );

  it('stays within the evaluation ranges', () => {
    within(
      set.map(({ viewA }) => viewA.orbit?.elevationDeg ?? NaN),
      -5,
      45,
    );
    within(
      set.map(({ viewB }) => viewB.orbit?.elevationDeg ?? NaN),
      -10,
      60,
    );
    within(
      set.map(({ viewA }) => viewA.orbit?.azimuthDeg ?? NaN),
      -180,
      180,
    );
    within(
      set.map((item) => Math.abs(changeOf(item).deltaAzimuthDeg)),
      20,
      100,
    );
    within(
      set.map((item) => changeOf(item).deltaElevationDeg),
      -15,
      15,
    );
    within(
      set.map((item) => changeOf(item).distanceRatio),
      0.9,
      1.1,
    );
    within(
      set.map(({ viewA }) => viewA.fovYDeg),
      28,
      52,
    );
    within(
      set.map(({ fill }) => fill),
      0.6,
      0.95,
    );
  });

  it('is flat where it should be', () => {
    const flat = (counts: readonly number[]): void => counts.forEach((n) => expect(Math.abs(n - 180)).toBeLessThan(60));
    flat(
      tenths(
        set.map((item) => Math.abs(changeOf(item).deltaAzimuthDeg)),
        20,
        100,
      ),
    );
    flat(
      tenths(
        set.map(({ viewA }) => viewA.orbit?.azimuthDeg ?? NaN),
        -180,
        180,
      ),
    );
    flat(
      tenths(
        set.map(({ viewA }) => viewA.orbit?.elevationDeg ?? NaN),
        -5,
        45,
      ),
    );
  });

  it('keeps the elevation in a fifth', () => {
    const same = set.filter(({ viewA, viewB }) => viewA.orbit?.elevationDeg === viewB.orbit?.elevationDeg).length;
    expect(same / set.length).toBeGreaterThan(0.16);
    expect(same / set.length).toBeLessThan(0.24);
  });

  it('fills the frame in the larger view and crops neither', () => {
    for (const item of set.slice(0, 300)) {
      const reach = [item.viewA, item.viewB].map((view) =>
        Math.max(
          ...POINTS.map((point) => {
            const [x, y, z] = pointToCamera(view, point);
            return Math.max(Math.abs(x), Math.abs(y)) / (-z * Math.tan(radFromDeg(view.fovYDeg / 2)));
          }),
        ),
      );
      expect(Math.max(...reach)).toBeCloseTo(item.fill, 6);
    }
  });

  it('shows both views of a movement in the same light and before the same background', () => {
    for (const { viewA, viewB } of set.slice(0, 50)) expect(viewB.scene).toEqual(viewA.scene);
  });

  it('shows the second view in another scene where that is asked for, and is the same pair otherwise', () => {
    const same = itemDrafts(request('ego-translation', 50));
    const changed = itemDrafts({ ...request('ego-translation', 50), isSceneChanged: true });
    changed.forEach((draft, index) => {
      expect(draft.sceneB).not.toEqual(draft.sceneA);
      expect({ ...draft, sceneB: draft.sceneA }).toEqual(same[index]);
    });
  });
});

describe('no-movement', () => {
  it('keeps the pose and changes light or background', () => {
    const changed = { light: 0, background: 0, both: 0 };
    for (const { viewA, viewB } of items('no-movement', 300)) {
      expect({ ...viewB, scene: null }).toEqual({ ...viewA, scene: null });
      const light = JSON.stringify(viewA.scene.light) !== JSON.stringify(viewB.scene.light);
      const background = JSON.stringify(viewA.scene.background) !== JSON.stringify(viewB.scene.background);
      expect(light || background).toBe(true);
      changed[light && background ? 'both' : light ? 'light' : 'background']++;
      // A shadow needs a light fixed to the world.
      for (const { scene } of [viewA, viewB]) if (scene.ground === 'shadow') expect(scene.light.rule).toBe('world');
    }
    for (const n of Object.values(changed)) expect(n).toBeGreaterThan(60);
  });
});

describe('items', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(items('ego-rotation', 20, 5)).toEqual(items('ego-rotation', 20, 5));
    const other = items('ego-rotation', 20, 6);
    items('ego-rotation', 20, 5).forEach((item, i) => expect(item.viewA).not.toEqual(other[i]?.viewA));
  });

  it('differ between families and splits of one seed', () => {
    const first = (family: FamilyId, split: ItemSetRequest['split']): unknown =>
      itemDrafts({ ...request(family, 1), split })[0]?.directionA;
    expect(first('ego-rotation', 'test')).not.toEqual(first('ego-translation', 'test'));
    expect(first('ego-rotation', 'test')).not.toEqual(first('ego-rotation', 'train'));
  });

  it('meet the schema, have unique ids and the true key', () => {
    const validate = new Ajv({ strict: true, strictTuples: false, allowUnionTypes: true }).compile(itemSchema);
    const set = itemSet({ ...request('ego-rotation', 30) }, () => POINTS);
    expect(set).toHaveLength(120);
    expect(new Set(set.map(({ id }) => id)).size).toBe(120);
    for (const item of set) {
      const read: unknown = JSON.parse(JSON.stringify(item));
      expect(validate(read), JSON.stringify(validate.errors)).toBe(true);
      const question = QUESTION_IDS.find((id) => id === item.question) as (typeof QUESTION_IDS)[number];
      expect(groundTruth(question, item.viewA, item.viewB)).toEqual({ kind: 'key', key: item.answerKey });
    }
  });

  it('are refused by the schema when broken', () => {
    const validate = new Ajv({ strictTuples: false, allowUnionTypes: true }).compile(itemSchema);
    const [item] = items('ego-rotation', 1) as [ViewpointItem];
    expect(validate(item)).toBe(true);
    for (const broken of [
      { ...item, schemaVersion: 2 },
      { ...item, answerable: 'yes' },
      { ...item, split: 'holdout' },
      { ...item, extra: 1 },
      { ...item, options: [] },
      { ...item, id: '../../etc' },
      { ...item, viewA: { ...item.viewA, fovYDeg: 0 } },
      { ...item, viewA: { ...item.viewA, positionWorld: [0, 1] } },
      { ...item, viewA: { ...item.viewA, orbit: { azimuthDeg: 270, elevationDeg: 0, distanceM: 1 } } },
      { ...item, viewB: undefined },
    ])
      expect(validate(broken)).toBe(false);
    expect(validate({ ...item, viewA: { ...item.viewA, orbit: null } })).toBe(true);
  });

  it('refuse requests that make no set', () => {
    expect(() => itemDrafts(request('ego-rotation', -1))).toThrow(RangeError);
    expect(() => itemDrafts(request('ego-rotation', 1.5))).toThrow(RangeError);
    expect(() => itemDrafts({ ...request('ego-rotation', 1), objectIds: [] })).toThrow(RangeError);
    expect(() => itemDrafts(request('ego-rotation', 1, 'a/b'))).toThrow(RangeError);
    expect(itemDrafts(request('ego-rotation', 0))).toEqual([]);
  });

  it('refuse a draft whose key its poses contradict', () => {
    const [draft] = itemDrafts(request('ego-translation', 1));
    if (!draft) throw new Error('one draft was asked for');
    const wrongKey = draft.answerKey === 'left' ? 'right' : 'left';
    expect(() => itemWithDistances({ ...draft, answerKey: wrongKey }, POINTS)).toThrow(/poses say/);
  });
});

describe('export as Viewpoint-100K', () => {
  it('is a chat with two images and a bare letter', () => {
    const [item] = items('object-translation', 1) as [ViewpointItem];
    const row = toViewpoint100k(item, ['a.png', 'b.png']);
    expect(row.messages[0].content).toMatch(
      /^<image><image>The object captured .*\? A: .+ B: .+ C: .+ Select the correct option, please output only the option letter!$/,
    );
    expect(row.messages[1].content).toBe(answerLetter(item));
    expect(row.images).toEqual(['a.png', 'b.png']);
  });
});
