/**
 * The relative pose of a pair as JSON for other people's tools: every matrix says its frame and its meaning. The page scales
 * every object to a bounding radius of 1, so that radius is the unit of length, whatever metres its mesh was made in.
 */
import type { RelativePose } from '../core/relative-pose';

export const poseJson = (relative: RelativePose): string =>
  JSON.stringify(
    {
      opencv: {
        axes: 'right, down, forward of camera A; unit of length: object bounding radius',
        R12: relative.rotationCameraA,
        t12: relative.translationCameraA,
      },
      threejs: {
        axes: 'right, up, back of camera A; unit of length: object bounding radius',
        R12: relative.rotationCameraAThree,
        t12: relative.translationCameraAThree,
      },
      meaning: 'R12 = R1 R2^T; t12 = R1 (C2 - C1): where camera B is, seen from camera A',
      yawRightDeg: relative.yawRightDeg,
      pitchUpDeg: relative.pitchUpDeg,
      rollClockwiseDeg: relative.rollClockwiseDeg,
      geodesicDeg: relative.geodesicDeg,
    },
    null,
    2,
  );
