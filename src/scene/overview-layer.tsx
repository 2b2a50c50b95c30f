/** The overview: the object from above with both cameras, and the move from A to B played once when it appears. */
import { createPortal, useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { PerspectiveCamera, type Texture } from 'three';
import { ELEVATION_LIMIT_DEG, poseFromOrbit } from '../core/camera-pose';
import { SCENE_STUDIO, type HexColor, type SceneSpec } from '../core/scene-spec';
import type { Vec3 } from '../core/vec3';
import type { LiveOrbits } from '../state/live-orbits';
import { PAGE_FOV_Y_DEG, VIEW_NAMES, type Orbits, type ViewName } from '../state/page-defaults';
import type { TruthFigure } from '../state/pair';
import type { Blitter } from './blit';
import { shadersAreReady } from './graphics';
import type { MotionDetail } from './motion-detail';
import type { NormalizedObject } from './normalized-object';
import { OverviewMarks, type OverviewColors } from './overview-marks';
import { cameraApplyPose } from './stage';
import type { CanvasSize } from './use-canvas-size';
import { useStage } from './use-stage';

export interface OverviewLook extends OverviewColors {
  readonly background: HexColor;
}

export interface OverviewLayerProps {
  readonly canvas: HTMLCanvasElement;
  readonly size: CanvasSize;
  readonly environment: Texture;
  readonly object: NormalizedObject;
  readonly pictures: Readonly<Record<ViewName, HTMLCanvasElement | null>>;
  /** Counts up whenever a picture was drawn. */
  readonly pictureVersions: { readonly current: Record<ViewName, number> };
  readonly live: LiveOrbits;
  readonly detail: MotionDetail;
  readonly blitter: Blitter;
  readonly look: OverviewLook;
  /** Where the overview itself looks from. */
  readonly azimuthDeg: number;
  /** Straight from above instead of aslant. */
  readonly isFromAbove: boolean;
  /** The number that is pointed at. */
  readonly figure: TruthFigure | null;
  /** A new value plays the move once; null shows its end. */
  readonly playKey: string | null;
  /** Those drawn last, for as long as no others are: the next are drawn by the same shaders, which nothing else keeps compiled. */
  readonly marksBefore: { current: OverviewMarks | null };
  readonly order: number;
}

/** Tall panels are filled better from higher up. */
const ELEVATION_DEG = { tall: 56, wide: 47 } as const;
/** How far down to the floor the overview aims: ring and cameras lie lower than the object's top. */
const TARGET_FLOOR_SHARE = 0.55;
const FOV_Y_DEG = 26;
const PLAY_SECONDS = 1.5;
const PLAY_DELAY_SECONDS = 0.25;
/** Between two pictures while cameras move and frames are slow. */
const SHORT_OF_TIME_SECONDS = 0.4;

const ease = (t: number): number => (t < 0.5 ? 4 * t ** 3 : 1 - (-2 * t + 2) ** 3 / 2);

const specFor = (background: HexColor): SceneSpec => ({
  ...SCENE_STUDIO,
  background: { kind: 'plain', color: background },
});

export function OverviewLayer(props: OverviewLayerProps) {
  const { canvas, size, environment, object, pictures, pictureVersions, live, detail, blitter, look, order } = props;
  const { azimuthDeg, isFromAbove, figure, playKey, marksBefore } = props;
  const spec = useMemo(() => specFor(look.background), [look.background]);
  const stage = useStage(environment, object, spec);
  const camera = useMemo(() => new PerspectiveCamera(), []);
  const { a: canvasA, b: canvasB } = pictures;
  const marks = useMemo(() => new OverviewMarks(look, { a: canvasA, b: canvasB }), [look, canvasA, canvasB]);
  useEffect(
    () => () => {
      if (marksBefore.current !== marks) marksBefore.current?.dispose();
      marksBefore.current = marks;
    },
    [marks, marksBefore],
  );
  const gl = useThree((state) => state.gl);
  const invalidate = useThree((state) => state.invalidate);
  const played = useRef<{ key: string | null; startSeconds: number | null }>({ key: null, startSeconds: null });
  const drawn = useRef<{ orbits: Orbits; share: number; inputs: unknown; sideShare: number; atSeconds: number } | null>(
    null,
  );
  /** The marks whose shaders were asked for. */
  const compiled = useRef<OverviewMarks | null>(null);
  /** The pictures that the marks have. */
  const uploaded = useRef<{ readonly marks: OverviewMarks; readonly versions: Record<ViewName, number> } | null>(null);
  const pixelRatio = useThree((state) => state.viewport.dpr);
  const inputs = useMemo(
    () => [stage, marks, size, pixelRatio, azimuthDeg, isFromAbove, figure, spec, object],
    [stage, marks, size, pixelRatio, azimuthDeg, isFromAbove, figure, spec, object],
  );

  // Where it goes away amid a move, nothing plays any more: the views are drawn in full again.
  useEffect(
    () => () => {
      detail.isPlaying = false;
      invalidate();
    },
    [detail, invalidate],
  );

  const rendererSize = useThree((state) => state.size);
  useEffect(() => invalidate(), [invalidate, inputs, playKey, rendererSize]);

  useFrame(() => {
    if (size.widthPx === 0 || size.heightPx === 0) return;
    const nowSeconds = performance.now() / 1000;
    if (playKey !== played.current.key)
      played.current = { key: playKey, startSeconds: playKey === null ? null : nowSeconds };
    const { startSeconds } = played.current;
    const elapsed = startSeconds === null ? Infinity : nowSeconds - startSeconds - PLAY_DELAY_SECONDS;
    const share = ease(Math.max(0, Math.min(1, elapsed / PLAY_SECONDS)));
    detail.isPlaying = share < 1;
    if (detail.isPlaying) invalidate();

    const orbits = live.getState();
    const known = uploaded.current?.marks === marks ? uploaded.current.versions : null;
    const renewed = VIEW_NAMES.filter((name) => known?.[name] !== pictureVersions.current[name]);
    const last = drawn.current;
    const isSame = last?.orbits === orbits && last.share === share && renewed.length === 0 && last.inputs === inputs;
    if (isSame && detail.suffices(last.sideShare)) return;
    // It tells where the views look from; where time is short they come first.
    if (
      last?.share === share &&
      last.inputs === inputs &&
      detail.isShort &&
      nowSeconds - last.atSeconds < SHORT_OF_TIME_SECONDS
    )
      return;
    for (const name of renewed) marks.pictureChanged(name);
    uploaded.current = { marks, versions: { ...pictureVersions.current } };
    marks.update(orbits, PAGE_FOV_Y_DEG, share, object.floorY, figure);

    const aspect = size.widthPx / size.heightPx;
    const targetWorld: Vec3 = [0, TARGET_FLOOR_SHARE * object.floorY, 0];
    const slantDeg = aspect < 1 ? ELEVATION_DEG.tall : ELEVATION_DEG.wide;
    const elevationDeg = isFromAbove ? ELEVATION_LIMIT_DEG : slantDeg;
    const distanceM = marks.fitDistance(azimuthDeg, elevationDeg, FOV_Y_DEG, aspect, targetWorld);
    const pose = poseFromOrbit({ azimuthDeg, elevationDeg, distanceM }, FOV_Y_DEG, targetWorld);
    cameraApplyPose(camera, pose);
    camera.aspect = aspect;
    camera.updateProjectionMatrix();
    stage.lightForPose(pose);
    if (compiled.current !== marks) gl.compile(stage.scene, camera);
    compiled.current = marks;
    if (!shadersAreReady(gl)) {
      // The move is played once it can be seen.
      if (played.current.startSeconds !== null) played.current.startSeconds = nowSeconds;
      return invalidate();
    }
    const { sideShare } = detail;
    if (!blitter.draw(stage.scene, camera, { canvas, ...size }, sideShare)) return;
    drawn.current = { orbits, share, inputs, sideShare, atSeconds: performance.now() / 1000 };
  }, order);

  return (
    <>
      <primitive object={stage.scene} />
      {createPortal(<primitive object={marks} />, stage.scene)}
    </>
  );
}
