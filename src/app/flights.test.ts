import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CameraPlace } from '../core/camera-place';
import { liveOrbitsCreate, type LiveOrbits } from '../state/live-orbits';
import { flightsCreate, type Flights } from './flights';
import type { Services } from './services';
import { pairActions } from './use-pair-tools';

const A: CameraPlace = { azimuthDeg: -40, elevationDeg: 10, distanceM: 4 };
const B: CameraPlace = { azimuthDeg: 20, elevationDeg: 20, distanceM: 5 };
const AHEAD: CameraPlace = { azimuthDeg: 90, elevationDeg: 8, distanceM: 6 };

/** Frames that come when they are asked for. */
function framesStub(): (nowMs: number) => void {
  let waiting = new Map<number, FrameRequestCallback>();
  let last = 0;
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    waiting.set(++last, callback);
    return last;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => waiting.delete(id));
  vi.spyOn(performance, 'now').mockReturnValue(0);
  return (nowMs) => {
    const due = waiting;
    waiting = new Map();
    due.forEach((callback) => callback(nowMs));
  };
}

function page(isMotionReduced = false): { readonly live: LiveOrbits; readonly flights: Flights; services: Services } {
  const live = liveOrbitsCreate({ a: A, b: B });
  const flights = flightsCreate(live, () => isMotionReduced);
  return { live, flights, services: { live, flights } as unknown as Services };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a flight', () => {
  it('has its end in view from its start until it is stopped', () => {
    const frame = framesStub();
    const { live, flights } = page();
    expect(flights.arrival('a')).toBe(A);
    flights.fly('a', AHEAD);
    expect(flights.arrival('a')).toEqual(AHEAD);
    frame(300);
    expect(live.getState().a).not.toEqual(AHEAD);
    expect(flights.arrival('a')).toEqual(AHEAD);
    flights.stop('a');
    expect(flights.arrival('a')).toBe(live.getState().a);
    expect(flights.arrival('b')).toBe(B);
  });

  it('is over when it has arrived, and at once where motion is reduced', () => {
    const frame = framesStub();
    for (const { live, flights } of [page(), page(true)]) {
      flights.fly('a', AHEAD);
      frame(800);
      expect(live.getState().a).toEqual(AHEAD);
      expect(flights.arrival('a')).toBe(live.getState().a);
    }
  });
});

describe('tools for both cameras while one is on its way', () => {
  it('copy where it is going', () => {
    const frame = framesStub();
    const { live, flights, services } = page();
    flights.fly('a', AHEAD);
    frame(300);
    pairActions(services).copyAB();
    frame(1200);
    expect(live.getState()).toEqual({ a: AHEAD, b: AHEAD });
  });

  it('swap it with where it is going', () => {
    const frame = framesStub();
    const { live, flights, services } = page();
    flights.fly('a', AHEAD);
    frame(300);
    pairActions(services).swap();
    frame(1200);
    expect(live.getState()).toEqual({ a: B, b: AHEAD });
  });
});
