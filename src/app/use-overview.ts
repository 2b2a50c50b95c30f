/**
 * Where the overview looks from and when it plays the move. Guess starts both afresh with every pair; in Explore it stays where somebody
 * turned it, and the address says so.
 */
import { useCallback, useMemo, useState } from 'react';
import { degDifference, degWrap } from '../core/angles';
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
  const isFromAbove = useAppState(({ view }) => view.overview.isFromAbove);
  const exploredDeg = useAppState(({ view }) => view.overview.azimuthDeg);
  const key = `${mode} ${guessPairKey ?? ''} ${String(hasPair)}`;
  const [asked, setAsked] = useState({ key, turnDeg: 0, plays: 0 });
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
  const turn = useCallback(
    (byDeg: number) => {
      const { overview, overviewSet } = store.getState().view;
      if (mode === 'explore') overviewSet({ azimuthDeg: degWrap((overview.azimuthDeg ?? startDeg) + byDeg) });
      else change({ turnDeg: byDeg, plays: 0 });
    },
    [store, mode, startDeg, change],
  );
  const replay = useCallback(() => change({ turnDeg: 0, plays: 1 }), [change]);

  const [figure, figureShow] = useState<TruthFigure | null>(null);
  const aboveToggle = useCallback(() => {
    const { overview, overviewSet } = store.getState().view;
    overviewSet({ isFromAbove: !overview.isFromAbove });
  }, [store]);

  // In Explore nothing was asked, and less motion is wanted by some: there the move plays on demand only.
  const isStill = (isMotionReduced() || mode === 'explore') && plays === 0;
  const playKey = isStill ? null : `${key} ${plays}`;
  const azimuthDeg = mode === 'explore' ? (exploredDeg ?? startDeg) : startDeg + turnDeg;
  return { azimuthDeg, isFromAbove, playKey, turn, replay, aboveToggle, figure, figureShow };
}
