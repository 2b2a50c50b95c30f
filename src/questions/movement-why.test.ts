import { describe, expect, it } from 'vitest';
import { placeStrafe, placeTurn, poseFromPlace, type CameraPlace } from '../core/camera-place';
import { groundTruth } from './ground-truth';
import { movementWhy } from './movement-why';

const A: CameraPlace = { azimuthDeg: 10, elevationDeg: 12, distanceM: 4 };
const why = (b: CameraPlace, a: CameraPlace = A) => movementWhy(poseFromPlace(a, 36), poseFromPlace(b, 36));

describe('why', () => {
  it('says that nothing moved only when nothing did', () => {
    expect(why(A)).toEqual([{ kind: 'still' }]);
    expect(why({ ...A, azimuthDeg: 10.5 })).toEqual([]);
  });

  it('around the object: the near side slides against the camera, another side comes into view', () => {
    // From the front towards +X: the object's own left side.
    expect(why({ ...A, azimuthDeg: 70 })).toEqual([
      { kind: 'parallax', moved: 'right', slid: 'left' },
      { kind: 'seen', side: 'left' },
      { kind: 'hidden', side: 'front' },
    ]);
  });

  it('tells a strafe from a turn, both of which keep the sides as they are', () => {
    expect(why(placeStrafe(A, 0.6, 0))[0]).toEqual({ kind: 'strafe', moved: 'right', slid: 'left' });
    expect(why(placeTurn(A, 8, 0))).toEqual([{ kind: 'turn', moved: 'right', slid: 'left' }]);
    expect(why(placeTurn(A, -8, 0))).toEqual([{ kind: 'turn', moved: 'left', slid: 'right' }]);
  });

  it('tells a dolly from a zoom', () => {
    expect(why({ ...A, distanceM: 3 })).toEqual([{ kind: 'closer' }]);
    expect(why({ ...A, fovYDeg: 24 })).toEqual([{ kind: 'zoomed-in' }]);
  });

  const kinds = (...[b, a]: Parameters<typeof why>): string[] => why(b, a).map(({ kind }) => kind);

  it('keeps to itself what the pictures do not show', () => {
    // The zoom outdoes the step back: the object grew.
    expect(kinds({ ...A, fovYDeg: 24, distanceM: 4.4 })).toEqual([]);
    expect(kinds({ ...A, fovYDeg: 52, distanceM: 3.6 })).toEqual([]);
    expect(kinds({ ...A, fovYDeg: 34, distanceM: 4.4 })).toEqual(['farther']);
    // The camera did not stay.
    expect(kinds({ ...A, fovYDeg: 24, azimuthDeg: 70 })).not.toContain('zoomed-in');
    // Higher, and looking down no more steeply than before.
    expect(kinds(placeStrafe(A, 0, 1))).not.toContain('higher');
  });

  it('names no side other than the truth’s, where a camera that looked past the object came near', () => {
    const a = placeTurn({ ...A, distanceM: 6 }, -15, 0);
    const b = { ...A, azimuthDeg: A.azimuthDeg - 10, distanceM: 2 };
    expect(groundTruth('ego-translation', poseFromPlace(a, 36), poseFromPlace(b, 36))).toEqual({
      kind: 'key',
      key: 'right',
    });
    expect(why(b, a).filter((fact) => 'moved' in fact && fact.moved === 'left')).toEqual([]);
  });

  it('sees the top from higher up', () => {
    expect(why({ ...A, elevationDeg: 50 })).toEqual([
      { kind: 'higher' },
      { kind: 'seen', side: 'top' },
      { kind: 'hidden', side: 'front' },
    ]);
  });

  it('never contradicts the truth of an orbit, and names no side where the truth has none', () => {
    for (const turnDeg of [-179, -175, -171, -170, -160, -90, -20, -5, 5, 20, 90, 160, 170, 171, 175, 179, 180]) {
      const b = { ...A, azimuthDeg: A.azimuthDeg + turnDeg, elevationDeg: 30, distanceM: 4.4 };
      const slide = why(b).find((fact) => fact.kind === 'parallax');
      const truth = groundTruth('ego-translation', poseFromPlace(A, 36), poseFromPlace(b, 36));
      expect(slide && 'moved' in slide ? slide.moved : null, String(turnDeg)).toBe(
        truth.kind === 'key' ? truth.key : null,
      );
    }
  });

  it('names no side of a turn on the spot by almost half a circle', () => {
    expect(why(placeTurn(A, 160, 0))).toEqual([{ kind: 'turn', moved: 'right', slid: 'left' }]);
    expect(why(placeTurn(A, 175, 0))).toEqual([]);
    expect(groundTruth('ego-rotation', poseFromPlace(A, 36), poseFromPlace(placeTurn(A, 175, 0), 36)).kind).toBe(
      'undecided',
    );
  });
});
