import { describe, expect, it } from 'vitest';
import { degDifference } from '../core/angles';
import { orbitFromPosition, poseFromOrbit, WORLD_ORIGIN, type CameraPose } from '../core/camera-pose';
import { orbitChange, relativePose } from '../core/relative-pose';
import type { Vec3 } from '../core/vec3';
import { groundTruth } from './ground-truth';
import { EVALUATION_RANGES } from './item-generator';
import { photoItems, photoViewsRead, PhotoSceneError } from './photo-scene';

const PLACES = [0, 25, 50, 80, 130, 200, 260, 310].map((azimuthDeg, index) => ({
  azimuthDeg,
  elevationDeg: 10 + 3 * (index % 3),
  distanceM: 4 + 0.2 * (index % 2),
}));
const POSES = PLACES.map((orbit) => poseFromOrbit(orbit, 40));

/** The page's world in another: z up, another origin and unit, as nerfstudio might have it. */
const elsewhere = ([x, y, z]: Vec3, scale = 1, shift: Vec3 = [0, 0, 0]): number[] => [
  scale * x + shift[0],
  scale * -z + shift[1],
  scale * y + shift[2],
];

function frameOf({ positionWorld, cameraFromWorld }: CameraPose, index: number) {
  const columns = [...cameraFromWorld.map((axis) => elsewhere(axis)), elsewhere(positionWorld, 0.3, [5, -2, 1])];
  const matrix = [0, 1, 2].map((row) => columns.map((column) => column[row]));
  return { file_path: `images/${index}.jpg`, transform_matrix: [...matrix, [0, 0, 0, 1]] };
}
const FILE = { w: 1600, h: 1200, fl_x: 1648.5, fl_y: 1648.5, frames: POSES.map(frameOf) };
const NAME = 'transforms.json';

describe('photos with measured cameras', () => {
  const views = photoViewsRead(NAME, FILE);

  it('keep every relative pose, whatever world the file is in', () => {
    for (const [index, view] of views.entries()) {
      const next = (index + 1) % views.length;
      const [a, b] = [POSES[index] as CameraPose, POSES[next] as CameraPose];
      const [foundA, foundB] = [view.pose, views[next]?.pose as CameraPose];
      expect(relativePose(foundA, foundB).geodesicDeg).toBeCloseTo(relativePose(a, b).geodesicDeg, 4);
      const [truth, found] = [orbitChange(a, b, WORLD_ORIGIN), orbitChange(foundA, foundB, WORLD_ORIGIN)];
      expect(found.deltaAzimuthDeg).toBeCloseTo(truth.deltaAzimuthDeg, 2);
      expect(Math.sign(found.deltaAzimuthDeg)).toBe(Math.sign(truth.deltaAzimuthDeg));
      expect(orbitFromPosition(foundA.positionWorld).elevationDeg).toBeCloseTo(PLACES[index]?.elevationDeg ?? NaN, 2);
    }
  });

  it('are upright on a vertical arc, where the right axes are parallel up to rounding', () => {
    const elevations = [-30, -20, -10, 10, 20, 30];
    const poses = elevations.map((elevationDeg) => poseFromOrbit({ azimuthDeg: 0, elevationDeg, distanceM: 4 }, 40));
    const frames = poses.map((pose, index) => {
      const { transform_matrix: exact, ...frame } = frameOf(pose, index);
      const rounded = exact.map((row, at) =>
        row.map((value, k) => (value ?? 0) + 1e-6 * Math.sin(7 * index + 3 * at + k)),
      );
      return { ...frame, transform_matrix: rounded };
    });
    for (const [index, { pose }] of photoViewsRead(NAME, { ...FILE, frames }).entries()) {
      expect(orbitFromPosition(pose.positionWorld).elevationDeg).toBeCloseTo(elevations[index] as number, 2);
      expect(pose.cameraFromWorld[0][1]).toBeCloseTo(0, 4);
    }
  });

  it('have the field of view of the middle square', () => {
    expect(views[0]?.pose.fovYDeg).toBeCloseTo(40, 1);
    const wide = { ...FILE, w: 1200, h: 1600 };
    expect(photoViewsRead(NAME, wide)[0]?.pose.fovYDeg).toBeCloseTo(40, 1);
    const byAngle = { w: 1600, h: 1200, camera_angle_x: 2 * Math.atan(800 / 1648.5), frames: FILE.frames };
    expect(photoViewsRead(NAME, byAngle)[0]?.pose.fovYDeg).toBeCloseTo(40, 1);
  });

  it.each(['ego-translation', 'object-translation', 'ego-rotation'] as const)(
    'give balanced items within the ranges, each true: %s',
    (question) => {
      const request = { sceneId: 'a b/c', views, question, count: 6, seed: 1 };
      const items = photoItems(request);
      expect(items).toHaveLength(6);
      expect(photoItems(request)).toEqual(items);
      expect(items.filter(({ item }) => item.answerKey === 'left')).toHaveLength(3);
      expect(new Set(items.map(({ item }) => item.id)).size).toBe(6);
      for (const { item, pathA, pathB } of items) {
        const [a, b] = [pathA, pathB].map((path) => POSES[Number(/\d+/.exec(path)?.[0])] as CameraPose);
        if (!a || !b) throw new Error('unknown photo');
        expect(groundTruth(question, a, b)).toEqual({ kind: 'key', key: item.answerKey });
        const turn = degDifference(
          orbitFromPosition(b.positionWorld).azimuthDeg,
          orbitFromPosition(a.positionWorld).azimuthDeg,
        );
        expect(Math.abs(turn)).toBeGreaterThan(18);
        expect(Math.abs(turn)).toBeLessThan(102);
        expect(item.options.map(({ letter }) => letter)).toEqual(['A', 'B', 'C']);
      }
    },
  );

  it('are fewer items where there are fewer pairs', () => {
    const [least, most] = EVALUATION_RANGES.absDeltaAzimuthDeg;
    const turnsDeg = PLACES.flatMap((a, index) =>
      PLACES.slice(index + 1).map((b) => Math.abs(degDifference(b.azimuthDeg, a.azimuthDeg))),
    );
    const { length } = photoItems({ sceneId: 's', views, question: 'ego-rotation', count: 900, seed: 1 });
    // Of 28 pairs. Two turn by exactly the most, where rounding decides.
    expect(length).toBeGreaterThanOrEqual(turnsDeg.filter((deg) => deg >= least && deg < most).length);
    expect(length).toBeLessThanOrEqual(turnsDeg.filter((deg) => deg >= least && deg <= most).length);
    expect(turnsDeg.filter((deg) => deg >= least && deg < most)).toHaveLength(13);
  });

  const withFrame = (frame: unknown): unknown => ({ ...FILE, frames: [FILE.frames[0], frame] });
  it.each<[string, unknown, string]>([
    ['no object', [], 'frames'],
    ['a frame without photo', withFrame({}), 'frames[1] has no "file_path"'],
    ['a broken matrix', withFrame({ file_path: 'x.jpg', transform_matrix: [[1, 2], [3]] }), 'x.jpg'],
    [
      'a mirrored camera',
      withFrame({
        file_path: 'x.jpg',
        transform_matrix: [
          [-1, 0, 0, 1],
          [0, 1, 0, 1],
          [0, 0, 1, 1],
        ],
      }),
      'rigid',
    ],
    ['no size', { frames: FILE.frames }, '"w"'],
    ['one photo', { ...FILE, frames: FILE.frames.slice(0, 1) }, 'fewer than two'],
    ['parallel cameras', { ...FILE, frames: [FILE.frames[0], FILE.frames[0]] }, 'common point'],
  ])('are refused with a message: %s', (_case, data, words) => {
    expect(() => photoViewsRead(NAME, data)).toThrow(PhotoSceneError);
    expect(() => photoViewsRead(NAME, data)).toThrow(words);
    expect(() => photoViewsRead(NAME, data)).toThrow(NAME);
  });
});
