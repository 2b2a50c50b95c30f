/** What the parts of the steam engine share. It has many turned parts, so their fillets get few faces. */
import type { BufferGeometry } from 'three';
import * as axes from '../axes.ts';
import type { Corner, PathOptions } from '../path2.ts';
import * as shapes from '../shapes.ts';

export const latheX = (profile: readonly Corner[], segments = 28, options: PathOptions = {}): BufferGeometry =>
  axes.latheX(profile, segments, { quarterSegments: 1, ...options });
export const latheZ = (profile: readonly Corner[], segments = 28, options: PathOptions = {}): BufferGeometry =>
  axes.latheZ(profile, segments, { quarterSegments: 1, ...options });
export const lathe = (profile: readonly Corner[], segments = 28): BufferGeometry =>
  shapes.lathe(profile, segments, { quarterSegments: 2 });
