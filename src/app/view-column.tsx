/** View A or B: its picture, and in Explore the camera's controls. */
import { useState, type Ref } from 'react';
import { placeAim } from '../core/camera-place';
import { pairCurrent, posesRevealed } from '../state/selectors';
import type { ViewName } from '../state/page-defaults';
import { CameraControls } from '../ui/camera-controls';
import type { MoveKind } from '../ui/camera-moves';
import { formatDeg, formatSignedDeg } from '../ui/format';
import { useT } from '../ui/i18n/use-t';
import { OrbitSurface } from '../ui/orbit-surface';
import { ViewFrame } from '../ui/view-frame';
import { viewLetter, viewWords } from '../ui/view-words';
import { useAppState, useLiveOrbit, useServices } from './services';
import { useCamera } from './use-camera';

export interface ViewColumnProps {
  readonly name: ViewName;
  readonly objectName: string;
  readonly canvasRef: Ref<HTMLCanvasElement>;
}

export function ViewColumn({ name, objectName, canvasRef }: ViewColumnProps) {
  const t = useT();
  const { isMotionReduced } = useServices();
  const mode = useAppState(({ view }) => view.mode);
  const isLoading = useAppState((state) => pairCurrent(state) === null || state.view.object.kind !== 'ready');
  const isFailed = useAppState(({ view }) => view.object.kind === 'failed');
  const isRevealed = useAppState(posesRevealed);
  const place = useLiveOrbit(name);
  const camera = useCamera(name);
  const [kind, setKind] = useState<MoveKind>('orbit');
  const letter = viewLetter(name);

  const isFree = mode === 'explore';
  const label = isRevealed ? viewWords(t, name, objectName, place) : t('view.guess', { letter, object: objectName });
  const readout = [
    `${t('field.azimuth.short')} ${formatDeg(place.azimuthDeg)}  ${t('field.elevation.short')} ${formatDeg(place.elevationDeg)}`,
    ...(place.look ? [`${t('field.turn.short')} ${formatSignedDeg(placeAim(place).turnRightDeg, 0)}`] : []),
  ].join('  ');
  return (
    <ViewFrame
      letter={letter}
      canvasRef={canvasRef}
      label={label}
      isLoading={isLoading}
      isFailed={isFailed}
      loadingText={t(isFailed ? 'view.failed' : 'object.loading', { object: objectName })}
      readout={isRevealed && !isLoading ? readout : null}
      surface={
        isFree && !isLoading ? (
          <OrbitSurface
            label={`${t('view.controls', { letter })}. ${t('view.keys')}`}
            kind={kind}
            reducedMotion={isMotionReduced()}
            onOrbit={camera.orbit}
            onStrafe={camera.strafe}
            onLook={camera.look}
            onDolly={camera.dolly}
          />
        ) : null
      }
    >
      {isFree && (
        <CameraControls
          letter={letter}
          place={place}
          kind={kind}
          onKind={setKind}
          onPreset={camera.flyTo}
          onFigure={camera.set}
          onAim={camera.aim}
        />
      )}
    </ViewFrame>
  );
}
