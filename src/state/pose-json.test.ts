import { expect, it } from 'vitest';
import { poseFromOrbit } from '../core/camera-pose';
import { relativePose } from '../core/relative-pose';
import { poseJson } from './pose-json';

it('says frame and unit of every translation: the page scales objects, so that none is in metres', () => {
  const pose = (azimuthDeg: number) => poseFromOrbit({ azimuthDeg, elevationDeg: 0, distanceM: 4 }, 36);
  const json = JSON.parse(poseJson(relativePose(pose(0), pose(90)))) as Record<'opencv' | 'threejs', { axes: string }>;
  const unit = 'unit of length: object bounding radius';
  expect(json.opencv).toMatchObject({ axes: `right, down, forward of camera A; ${unit}` });
  expect(json.threejs).toMatchObject({ axes: `right, up, back of camera A; ${unit}` });
  expect(JSON.stringify(json)).not.toMatch(/met(re|er)/);
});
