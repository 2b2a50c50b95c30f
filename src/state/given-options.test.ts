import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../core/vec3';
import { angleOption } from '../questions/broad-families';
import { exploreStoreCreate } from '../testing/explore-store';
import { exploreScene } from './page-scene';
import { pairOptions, pairQuestion, pairTruth, type GivenOptions, type Pair } from './pair';
import { pairItem } from './pair-item';

const POINTS: readonly Vec3[] = [
  [-0.5, -0.5, -0.5],
  [0.5, 0.5, 0.5],
];
const ORBITS = {
  a: { azimuthDeg: 0, elevationDeg: 10, distanceM: 5 },
  b: { azimuthDeg: 43, elevationDeg: 10, distanceM: 5 },
};
/** Not one of them is what the page would draw. */
const GIVEN: GivenOptions = {
  family: 'magnitude',
  options: [45, -45, 90, -90].map((angleDeg) => ({ ...angleOption(-angleDeg), text: `about ${-angleDeg} degrees` })),
  answerKey: angleOption(-45).key,
};

function itemOpened(isLoaded: boolean, orbits = ORBITS) {
  const store = exploreStoreCreate();
  const objectId = isLoaded ? 'car' : 'mug';
  store.getState().view.objectReady('car', POINTS);
  store.getState().question.familySet('magnitude');
  const scene = exploreScene('magnitude');
  store.getState().view.itemShow(objectId, orbits, { a: scene, b: scene }, GIVEN);
  store.getState().view.objectReady(objectId, POINTS);
  const pair = (): Pair => {
    const { pair: shown } = store.getState().view;
    if (!shown) throw new Error('no pair');
    return shown;
  };
  return { store, pair };
}

describe('the options of an opened item', () => {
  it.each([true, false])(
    'are offered, asked and graded as they are, also where its object comes later (%s)',
    (isLoaded) => {
      const { pair } = itemOpened(isLoaded);
      expect(pairOptions(pair(), 'magnitude')).toEqual(GIVEN.options);
      expect(pairQuestion(pair(), { family: 'magnitude', ownWords: '' }).options).toEqual(GIVEN.options);
      expect(pairTruth(pair(), 'magnitude').answer).toEqual({ kind: 'key', key: GIVEN.answerKey });
      const item = pairItem({ pair: pair(), question: 'magnitude', seed: 7, framingPoints: POINTS });
      expect(item).toMatchObject({ answerKey: GIVEN.answerKey });
      expect(item?.options.map(({ text }) => text)).toEqual(GIVEN.options.map(({ text }) => text));
    },
  );

  it('come back with cameras that had more digits than an address', () => {
    const fine = { ...ORBITS, b: { ...ORBITS.b, azimuthDeg: 43.00213 } };
    const { store, pair } = itemOpened(true, fine);
    expect(pairOptions(pair(), 'magnitude')).toEqual(GIVEN.options);
    store.getState().view.orbitsCommit({ ...fine, b: { ...fine.b, azimuthDeg: 60 } });
    store.getState().view.orbitsCommit({ a: { ...fine.a }, b: { ...fine.b } });
    expect(pairOptions(pair(), 'magnitude')).toEqual(GIVEN.options);
  });

  it('hold for its question and cameras alone, and come back with them', () => {
    const { store, pair } = itemOpened(true);
    expect(pairOptions(pair(), 'ego-translation').map(({ key }) => key)).toContain('left');
    const { key } = pair();
    store.getState().view.orbitsCommit({ ...ORBITS, b: { ...ORBITS.b, azimuthDeg: 60 } });
    expect(pairOptions(pair(), 'magnitude')).not.toEqual(GIVEN.options);
    store.getState().view.undo();
    expect(pair().key).toBe(key);
    expect(pairOptions(pair(), 'magnitude')).toEqual(GIVEN.options);
    // The same pictures by an item without options of its own are another pair: what was answered to these is no answer to those.
    const scene = exploreScene('magnitude');
    store.getState().view.itemShow('car', ORBITS, { a: scene, b: scene });
    expect(pair().key).not.toBe(key);
    expect(pairOptions(pair(), 'magnitude')).not.toEqual(GIVEN.options);
  });
});
