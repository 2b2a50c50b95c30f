/** One of Explore's cameras: everything that moves it, by hand, by number or by flight. */
import { useMemo } from 'react';
import {
  placeAim,
  placeAimed,
  placeOffset,
  placeOrbit,
  placeStrafe,
  placeTurn,
  placeWidthM,
  type CameraPlace,
} from '../core/camera-place';
import { liveOrbitSet } from '../state/live-orbits';
import {
  DISTANCE_MAX_M,
  DISTANCE_MIN_M,
  orbitClamp,
  orbitFramed,
  PAGE_FOV_Y_DEG,
  PRESETS,
  type PresetName,
  type ViewName,
} from '../state/page-defaults';
import type { CameraFigure } from '../ui/camera-controls';
import { useServices, type Services } from './services';

export interface CameraHandle {
  orbit(azimuthDeg: number, elevationDeg: number): void;
  dolly(factor: number): void;
  /** Shares of the picture's width at the object's distance. */
  strafe(rightShare: number, upShare: number): void;
  /** Shares of the field of view. */
  look(rightShare: number, upShare: number): void;
  set(figure: CameraFigure, value: number): void;
  aim(): void;
  flyTo(preset: PresetName): void;
}

/** A camera that strafes must not be pushed back by the limits: its direction and its line would no longer be exact. */
const strafed = (place: CameraPlace, rightM: number, upM: number): CameraPlace => {
  const next = placeStrafe(place, rightM, upM);
  return next.distanceM < DISTANCE_MIN_M || next.distanceM > DISTANCE_MAX_M ? place : next;
};

function figureSet(place: CameraPlace, figure: CameraFigure, value: number): CameraPlace {
  const aim = placeAim(place);
  const offset = placeOffset(place);
  switch (figure) {
    case 'azimuth':
      return placeOrbit(place, value - place.azimuthDeg, 0);
    case 'elevation':
      return placeOrbit(place, 0, value - place.elevationDeg);
    case 'distance':
      return { ...place, distanceM: value };
    case 'turn':
      return placeTurn(place, value - aim.turnRightDeg, 0);
    case 'tilt':
      return placeTurn(place, 0, value - aim.tiltUpDeg);
    case 'right':
      return strafed(place, value - offset.rightM, 0);
    case 'up':
      return strafed(place, 0, value - offset.upM);
  }
}

function cameraHandle(name: ViewName, { live, flights, store }: Services): CameraHandle {
  const change = (next: (place: CameraPlace) => CameraPlace): void => {
    flights.stop(name);
    const now = live.getState()[name];
    liveOrbitSet(live, name, orbitClamp(next(now), now));
  };
  return {
    orbit: (azimuthDeg, elevationDeg) => change((place) => placeOrbit(place, azimuthDeg, elevationDeg)),
    dolly: (factor) => change((place) => ({ ...place, distanceM: place.distanceM * factor })),
    strafe: (rightShare, upShare) =>
      change((place) => {
        const widthM = placeWidthM(place, PAGE_FOV_Y_DEG);
        return strafed(place, rightShare * widthM, upShare * widthM);
      }),
    look: (rightShare, upShare) =>
      change((place) => {
        const fovYDeg = place.fovYDeg ?? PAGE_FOV_Y_DEG;
        return placeTurn(place, rightShare * fovYDeg, upShare * fovYDeg);
      }),
    set: (figure, value) => change((place) => figureSet(place, figure, value)),
    aim: () => flights.fly(name, placeAimed(flights.arrival(name))),
    flyTo: (preset) => {
      const { object } = store.getState().view;
      const { azimuthDeg, elevationDeg } = PRESETS[preset];
      const now = live.getState()[name];
      const framed = object.kind === 'ready' ? orbitFramed(azimuthDeg, elevationDeg, object.framingPoints) : now;
      // The distance stays unless the object would be cropped.
      flights.fly(name, { azimuthDeg, elevationDeg, distanceM: Math.max(now.distanceM, framed.distanceM * 0.9) });
    },
  };
}

export function useCamera(name: ViewName): CameraHandle {
  const services = useServices();
  return useMemo(() => cameraHandle(name, services), [name, services]);
}
