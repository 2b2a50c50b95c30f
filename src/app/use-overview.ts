/** Where the overview looks from and when it plays the move. Both start afresh with every mode and pair. */
import { useCallback, useMemo, useState } from 'react';
import { degDifference } from '../core/angles';
import { pairCurrent } from '../state/selectors';
import type { TruthFigure } from '../state/pair';
import type { Mode } from '../state/url-codec';
import { useAppState, useServices } from './services';

export interface Overview {
  readonly azimuthDeg: number;
  readonly isFromAbove: boolean;
  /** A new value plays the move once; null shows its end. */
  readonly playKey: string | null;
  turn(azimuthDeg: number): void;
  replay(): void;
  aboveToggle(): void;
  /** The number that is pointed at; null for none. */
  readonly figure: TruthFigure | null;
  figureShow(figure: TruthFigure | null): void;
}

export function useOverview(mode: Mode, guessPairKey: string | null): Overview {
  const { store, isMotionReduced } = useServices();
  const hasPair = useAppState((state) => pairCurrent(state) !== null);
  const key = `${mode} ${guessPairKey ?? ''} ${String(hasPair)}`;
  const [asked, setAsked] = useState({ key, turnDeg: 0, plays: 0 });
  const [isFromAbove, setFromAbove] = useState(false);
  const { turnDeg, plays } = asked.key === key ? asked : { turnDeg: 0, plays: 0 };

  // From between the two cameras, so that "to the right" is to the right there too. It stays while cameras move.
  const startDeg = useMemo(() => {
    const pair = key === '' ? null : pairCurrent(store.getState());
    if (!pair) return 0;
    const { azimuthDeg } = pair.a.orbit;
    return azimuthDeg + degDifference(pair.b.orbit.azimuthDeg, azimuthDeg) / 2;
  }, [store, key]);

  const change = useCallback(
    (by: { readonly turnDeg: number; readonly plays: number }) =>
      setAsked((last) => {
        const now = last.key === key ? last : { turnDeg: 0, plays: 0 };
        return { key, turnDeg: now.turnDeg + by.turnDeg, plays: now.plays + by.plays };
      }),
    [key],
  );
  const turn = useCallback((azimuthDeg: number) => change({ turnDeg: azimuthDeg, plays: 0 }), [change]);
  const replay = useCallback(() => change({ turnDeg: 0, plays: 1 }), [change]);

  const [figure, figureShow] = useState<TruthFigure | null>(null);
  const aboveToggle = useCallback(() => setFromAbove((is) => !is), []);

  // In Explore nothing was asked, and less motion is wanted by some: there the move plays on demand only.
  const isStill = (isMotionReduced() || mode === 'explore') && plays === 0;
  const playKey = isStill ? null : `${key} ${plays}`;
  const azimuthDeg = startDeg + turnDeg;
  return { azimuthDeg, isFromAbove, playKey, turn, replay, aboveToggle, figure, figureShow };
}
