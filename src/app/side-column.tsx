/** Beside the views: the overview when it gives nothing away, else what the question means. */
import type { Ref } from 'react';
import { posesRevealed } from '../state/selectors';
import { degDifference } from '../core/angles';
import { placeLook } from '../core/camera-place';
import { FrameHint } from '../ui/frame-hint';
import { OverviewPanel } from '../ui/overview-panel';
import { CameraTools } from './camera-tools';
import { useAppState, useLiveOrbits } from './services';

export interface SideColumnProps {
  readonly canvasRef: Ref<HTMLCanvasElement>;
  /** The tools for both cameras stand here. */
  readonly hasTools: boolean;
  readonly isFromAbove: boolean;
  readonly onAbove: () => void;
  readonly onReplay: () => void;
  readonly onTurn: (azimuthDeg: number) => void;
}

export function SideColumn(props: SideColumnProps) {
  const family = useAppState(({ question }) => question.family);
  const isRevealed = useAppState(
    (state) => posesRevealed(state) && (state.view.mode === 'explore' || state.view.object.kind === 'ready'),
  );
  return isRevealed ? <Overview {...props} /> : <FrameHint question={family} />;
}

function Overview({ canvasRef, hasTools, isFromAbove, onAbove, onReplay, onTurn }: SideColumnProps) {
  const { a, b } = useLiveOrbits();
  const deltaAzimuthDeg = degDifference(b.azimuthDeg, a.azimuthDeg);
  const stayed = Math.abs(deltaAzimuthDeg) < 0.5;
  const turnRightDeg = degDifference(placeLook(a).azimuthDeg, placeLook(b).azimuthDeg);
  return (
    <OverviewPanel
      canvasRef={canvasRef}
      deltaAzimuthDeg={deltaAzimuthDeg}
      stayed={stayed}
      turnRightDeg={turnRightDeg}
      isFromAbove={isFromAbove}
      onAbove={onAbove}
      onReplay={onReplay}
      onTurn={onTurn}
    >
      {hasTools && <CameraTools />}
    </OverviewPanel>
  );
}
