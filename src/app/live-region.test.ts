import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { CameraPlace } from '../core/camera-place';
import { SCENE_STUDIO } from '../core/scene-spec';
import type { Orbits } from '../state/page-defaults';
import { pairFromOrbits, type Pair } from '../state/pair';
import { placeAddressed } from '../state/url-codec';
import { LiveWords, viewsMoved } from './live-region';

const A: CameraPlace = { azimuthDeg: -38.12345, elevationDeg: 16, distanceM: 4.04321 };
const B: CameraPlace = { azimuthDeg: -179.999, elevationDeg: 20, distanceM: 4.04321 };
const FREE: CameraPlace = { ...A, look: { azimuthDeg: -30, elevationDeg: 10 } };

const pairOf = ({ a, b }: Orbits): Pair => pairFromOrbits('car', { a, b }, SCENE_STUDIO, SCENE_STUDIO);
/** As cameras that come to rest are taken over: both orbits are new. */
const committed = ({ a, b }: Orbits): Pair => pairOf({ a: placeAddressed(a, b), b: placeAddressed(b, a) });

describe('the views that have moved', () => {
  it.each<[string, Orbits, readonly string[]]>([
    ['no camera, only rounded', { a: A, b: B }, []],
    ['A alone', { a: { ...A, azimuthDeg: 10 }, b: B }, ['a']],
    ['B alone', { a: A, b: { ...B, distanceM: 5 } }, ['b']],
    ['both', { a: B, b: A }, ['a', 'b']],
    ['A, turned on the spot', { a: FREE, b: B }, ['a']],
  ])('are those of %s', (_name, orbits, moved) => {
    expect(viewsMoved(pairOf({ a: A, b: B }), committed(orbits))).toEqual(moved);
  });

  it('leave out a camera that is rounded otherwise since its partner looks at the object again', () => {
    expect(viewsMoved(committed({ a: FREE, b: B }), committed({ a: A, b: B }))).toEqual(['a']);
  });
});

describe('what is said', () => {
  const texts = (words: string, slot: 0 | 1): string[] =>
    [...renderToStaticMarkup(createElement(LiveWords, { words, slot })).matchAll(/role="status"[^>]*>([^<]*)</g)].map(
      ([, text]) => text ?? '',
    );

  it('changes slots, so that the same sentence again is news', () => {
    expect(texts('New pair: the car.', 0)).toEqual(['New pair: the car.', '']);
    expect(texts('New pair: the car.', 1)).toEqual(['', 'New pair: the car.']);
  });
});
