/** One view: a stage seen from a live orbit, drawn again only when something in it changed. */
import { useFrame, useThree } from '@react-three/fiber';
import { useEffect, useMemo, useRef } from 'react';
import { PerspectiveCamera, type Texture } from 'three';
import { poseFromPlace, type CameraPlace } from '../core/camera-place';
import type { SceneSpec } from '../core/scene-spec';
import type { LiveOrbits } from '../state/live-orbits';
import { PAGE_FOV_Y_DEG, type ViewName } from '../state/page-defaults';
import type { Blitter } from './blit';
import type { MotionDetail } from './motion-detail';
import type { NormalizedObject } from './normalized-object';
import { cameraApplyPose, type Stage } from './stage';
import type { CanvasSize } from './use-canvas-size';
import { useStage } from './use-stage';

export interface ViewLayerProps {
  readonly name: ViewName;
  readonly canvas: HTMLCanvasElement;
  readonly size: CanvasSize;
  readonly environment: Texture;
  readonly object: NormalizedObject;
  readonly spec: SceneSpec;
  readonly live: LiveOrbits;
  readonly detail: MotionDetail;
  readonly blitter: Blitter;
  /** Order within the frame, from 1. */
  readonly order: number;
  readonly onDrawn: (name: ViewName) => void;
}

interface Drawn {
  readonly orbit: CameraPlace;
  readonly size: CanvasSize;
  readonly spec: SceneSpec;
  readonly object: NormalizedObject;
  readonly stage: Stage;
  readonly sideShare: number;
  readonly pixelRatio: number;
}

export function ViewLayer(props: ViewLayerProps) {
  const { name, canvas, size, environment, object, spec, live, detail, blitter, order, onDrawn } = props;
  const stage = useStage(environment, object, spec);
  const camera = useMemo(() => new PerspectiveCamera(), []);
  const invalidate = useThree((state) => state.invalidate);
  const drawn = useRef<Drawn | null>(null);

  useEffect(() => live.subscribe(() => invalidate()), [live, invalidate]);
  const rendererSize = useThree((state) => state.size);
  const pixelRatio = useThree((state) => state.viewport.dpr);
  useEffect(() => invalidate(), [invalidate, stage, size, spec, object, rendererSize, pixelRatio]);

  useFrame(() => {
    const orbit = live.getState()[name];
    const last = drawn.current;
    const isSame =
      last?.orbit === orbit &&
      last.size === size &&
      last.spec === spec &&
      last.object === object &&
      last.stage === stage &&
      last.pixelRatio === pixelRatio &&
      detail.suffices(last.sideShare);
    if (isSame || size.widthPx === 0) return;
    const pose = poseFromPlace(orbit, PAGE_FOV_Y_DEG);
    cameraApplyPose(camera, pose);
    stage.lightForPose(pose);
    const { sideShare } = detail;
    if (!blitter.draw(stage.scene, camera, { canvas, ...size }, sideShare)) return;
    drawn.current = { orbit, size, spec, object, stage, sideShare, pixelRatio };
    onDrawn(name);
  }, order);

  return <primitive object={stage.scene} />;
}
