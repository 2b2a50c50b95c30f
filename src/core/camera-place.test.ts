import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poseFromOrbit } from './camera-pose';
import {
  placeAim,
  placeAimed,
  placeBetween,
  placeOffset,
  placeOrbit,
  placeStrafe,
  placeTurn,
  poseFromPlace,
  type CameraPlace,
} from './camera-place';
import { relativePose } from './relative-pose';

const PLACE: CameraPlace = { azimuthDeg: 30, elevationDeg: 20, distanceM: 4 };
const relativeTo = (place: CameraPlace) => relativePose(poseFromPlace(PLACE, 36), poseFromPlace(place, 36));

describe('a camera place', () => {
  it('is an orbit while it looks at the object', () => {
    expect(poseFromPlace(PLACE, 36)).toEqual(poseFromOrbit(PLACE, 36));
    expect(poseFromPlace({ ...PLACE, fovYDeg: 50 }, 36).fovYDeg).toBe(50);
  });

  it('turns on the spot: the place is exactly the same', () => {
    const turned = placeTurn(PLACE, 12, 0);
    expect(relativeTo(turned).translationM).toBe(0);
    expect(placeAim(turned)).toEqual({ turnRightDeg: 12, tiltUpDeg: 0 });
    // About the vertical of a camera that looks down, the turn is rightward and keeps the horizon.
    expect(relativeTo(turned).yawRightDeg).toBeGreaterThan(0);
    expect(poseFromPlace(turned, 36).cameraFromWorld[0][1]).toBe(0);
  });

  it('tilts upward for positive degrees', () => {
    expect(relativeTo(placeTurn(PLACE, 0, 7)).pitchUpDeg).toBeCloseTo(7, 9);
  });

  it('strafes: the direction is exactly the same', () => {
    const moved = placeStrafe(PLACE, 0.7, -0.2);
    const { geodesicDeg, translationCameraA } = relativeTo(moved);
    expect(geodesicDeg).toBe(0);
    expect(translationCameraA[0]).toBeCloseTo(0.7, 9);
    expect(translationCameraA[1]).toBeCloseTo(0.2, 9);
    expect(translationCameraA[2]).toBeCloseTo(0, 9);
    expect(placeOffset(moved).rightM).toBeCloseTo(0.7, 9);
    expect(placeOffset(moved).upM).toBeCloseTo(-0.2, 9);
  });

  it('strafes there and back to where it was', () => {
    const { azimuthDeg, elevationDeg, distanceM } = placeStrafe(placeStrafe(PLACE, 1, 0.5), -1, -0.5);
    expect([azimuthDeg, elevationDeg, distanceM].map((value) => value.toFixed(9))).toEqual(
      [30, 20, 4].map((value) => value.toFixed(9)),
    );
  });

  it('does not strafe over the pole', () => {
    const high: CameraPlace = { azimuthDeg: 0, elevationDeg: 88, distanceM: 4 };
    const up = placeStrafe(high, 0, 4 * Math.sin((2 * Math.PI) / 180));
    expect(up).toBe(high);
  });

  it('takes its turn along around the object, and aims again', () => {
    const turned = placeOrbit(placeTurn(PLACE, 12, -3), 170, 10);
    expect(turned.azimuthDeg).toBe(-160);
    expect(placeAim(turned).turnRightDeg).toBeCloseTo(12, 9);
    expect(placeAim(turned).tiltUpDeg).toBeCloseTo(-3, 9);
    expect(placeAimed(turned)).toEqual({ azimuthDeg: -160, elevationDeg: 30, distanceM: 4 });
  });

  it('flies from one place to another the short way', () => {
    const from: CameraPlace = { azimuthDeg: 170, elevationDeg: 0, distanceM: 2 };
    const to: CameraPlace = placeTurn({ azimuthDeg: -170, elevationDeg: 10, distanceM: 4 }, 8, 0);
    const half = placeBetween(from, to, 0.5, 36);
    expect(half.azimuthDeg).toBeCloseTo(180, 9);
    expect(half.distanceM).toBe(3);
    expect(placeAim(half).turnRightDeg).toBeCloseTo(4, 9);
    expect(placeBetween(from, from, 0.3, 36)).toEqual(from);
    expect(placeBetween(from, to, 0.75, 36).azimuthDeg).toBeCloseTo(-175, 9);
  });

  it('changes the lens on the way, also from or to the page’s own', () => {
    const zoomed: CameraPlace = { ...PLACE, fovYDeg: 20 };
    expect(placeBetween(PLACE, zoomed, 0.5, 36).fovYDeg).toBe(28);
    expect(placeBetween(zoomed, PLACE, 0.25, 36).fovYDeg).toBe(24);
    expect(placeBetween(PLACE, PLACE, 0.5, 36)).not.toHaveProperty('fovYDeg');
  });

  it('is at one of the ends at the shares 0 and 1, and beside it just before', () => {
    const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const look = fc.record({ azimuthDeg: between(-180, 180), elevationDeg: between(-89, 89) });
    const placeArb: fc.Arbitrary<CameraPlace> = fc
      .tuple(
        fc.record({ azimuthDeg: between(-180, 180), elevationDeg: between(-89, 89), distanceM: between(1, 14) }),
        fc.option(look, { nil: undefined }),
        fc.option(between(15, 75), { nil: undefined }),
      )
      .map(([orbit, look, fovYDeg]) => ({ ...orbit, ...(look && { look }), ...(fovYDeg && { fovYDeg }) }));
    const distanceTo = (place: CameraPlace, end: CameraPlace): number[] => {
      const [found, wanted] = [poseFromPlace(place, 36), poseFromPlace(end, 36)];
      const { translationM, geodesicDeg } = relativePose(found, wanted);
      return [translationM, geodesicDeg, Math.abs(found.fovYDeg - wanted.fovYDeg)];
    };
    fc.assert(
      fc.property(placeArb, placeArb, (a, b) => {
        expect(placeBetween(a, b, 0, 36)).toEqual(a);
        expect(placeBetween(a, b, 1, 36)).toEqual(b);
        const nearly = [
          ...distanceTo(placeBetween(a, b, 1e-9, 36), a),
          ...distanceTo(placeBetween(a, b, 1 - 1e-9, 36), b),
        ];
        expect(Math.max(...nearly)).toBeLessThan(1e-4);
      }),
    );
  });
});
