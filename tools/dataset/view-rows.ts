/** Lines of views.jsonl, and the recipes that make the views. What the lines mean: training/viewpoint_training/data.py. */
import type { CameraPose } from '../../src/core/camera-pose';
import type { Rng } from '../../src/core/rng';
import type { Vec3 } from '../../src/core/vec3';
import { poseFromTurnedOrbit } from '../../src/questions/turned-pose';
import type { RenderedObject } from '../../src/questions/pair-items';
import type { RenderedView } from '../../src/questions/view-pairs';
import type { GroundedScene } from '../../src/questions/world-ground';
import { viewsSampleBroad, type BroadView, type ViewKind } from './view-recipe-2';
import { viewsSample, type SampledView } from './view-sampler';

/** 1: orbits only. 2: pairs for every family, and items. */
export const RECIPES = [1, 2] as const;
export type Recipe = (typeof RECIPES)[number];

export interface ViewRow {
  /** Object id, its place in the shard, and the view's place among the object's. */
  readonly object: string;
  readonly objectIndex: number;
  readonly view: number;
  /** The camera's place around the object. */
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  readonly distanceM: number;
  readonly fovYDeg: number;
  readonly lightRule: 'world' | 'camera';
  /** The object's view of the same pose under other light, or null. */
  readonly twinOf: number | null;
  // From recipe 2 on:
  readonly kind?: ViewKind;
  /** Yaw from looking at the object, positive rightward; 0 = looks at it. */
  readonly turnedDeg?: number;
  readonly fill?: number;
  readonly scene?: GroundedScene;
  /** The pose in full, where the camera does not look at the object. */
  readonly positionWorld?: CameraPose['positionWorld'];
  readonly cameraFromWorld?: CameraPose['cameraFromWorld'];
}

const isBroad = (view: SampledView): view is BroadView => 'kind' in view;

/** The views of one object. */
export function sampleViews(recipe: Recipe, rng: Rng, framingPoints: readonly Vec3[]): readonly SampledView[] {
  return recipe === 1 ? viewsSample(rng, framingPoints) : viewsSampleBroad(rng.fork('recipe 2'), framingPoints);
}

export function viewRow(object: string, objectIndex: number, view: number, sample: SampledView): ViewRow {
  const { azimuthDeg, elevationDeg, distanceM, fovYDeg, twinOf, spec, pose } = sample;
  const row = {
    object,
    objectIndex,
    view,
    azimuthDeg,
    elevationDeg,
    distanceM,
    fovYDeg,
    lightRule: spec.light.rule,
    twinOf,
  };
  if (!isBroad(sample)) return row;
  const { kind, turnedDeg, fill } = sample;
  const { positionWorld, cameraFromWorld } = pose;
  return {
    ...row,
    kind,
    turnedDeg,
    fill,
    scene: sample.spec,
    ...(turnedDeg !== 0 && { positionWorld, cameraFromWorld }),
  };
}

function renderedView(row: ViewRow): RenderedView {
  const { azimuthDeg, elevationDeg, distanceM, fovYDeg, turnedDeg, fill, scene, positionWorld, cameraFromWorld } = row;
  if (turnedDeg === undefined || fill === undefined || scene === undefined)
    throw new Error(
      `${row.object}, view ${row.view}: its row has no scene. Items need views of recipe 2 (--recipe 2).`,
    );
  const orbit = { azimuthDeg, elevationDeg, distanceM };
  const pose =
    positionWorld && cameraFromWorld
      ? { positionWorld, cameraFromWorld, fovYDeg }
      : poseFromTurnedOrbit(orbit, turnedDeg, fovYDeg);
  return { orbit, turnedDeg, pose, scene, fill };
}

/** The objects of a shard's rows, in their order, each with the place of its first view in the shard. */
export function renderedObjects(rows: readonly ViewRow[]): (RenderedObject & { readonly firstRow: number })[] {
  const objects: { objectId: string; views: RenderedView[]; firstRow: number }[] = [];
  rows.forEach((row, index) => {
    if (row.view === 0) objects.push({ objectId: row.object, views: [], firstRow: index });
    objects.at(-1)?.views.push(renderedView(row));
  });
  return objects;
}

/** @throws Error naming the line that is no JSON */
export function rowsFromJsonl<Row>(text: string, file: string): Row[] {
  return text.split('\n').flatMap((line, index) => {
    if (line === '') return [];
    try {
      return [JSON.parse(line) as Row];
    } catch {
      throw new Error(`${file}, line ${index + 1} is no JSON: delete the shard's folder and render it again.`);
    }
  });
}
