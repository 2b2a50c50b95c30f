/** One number of the truth, drawn in the overview while somebody points at it. Azimuth and elevation: overview-marks.ts. */
import { Group, Vector3 } from 'three';
import type { HexColor } from '../core/scene-spec';
import type { TruthFigure } from '../state/pair';
import { FatLine } from './fat-line';

const WIDTH_PX = 3.4;
const RAY_LENGTH = 1.2;

const ORIGIN = new Vector3(0, 0, 0);

export class OverviewHighlight extends Group {
  private readonly lines: Readonly<Record<'a' | 'b', FatLine>>;

  constructor(colors: { readonly a: HexColor; readonly b: HexColor }) {
    super();
    this.lines = { a: new FatLine(2, WIDTH_PX), b: new FatLine(2, WIDTH_PX) };
    for (const name of ['a', 'b'] as const) {
      this.lines[name].setColor(colors[name]);
      this.lines[name].renderOrder = 2;
      this.add(this.lines[name]);
    }
    this.visible = false;
  }

  /** Positions as drawn; `backA` and `backB` are unit vectors opposite to where the cameras look. */
  update(figure: TruthFigure | null, a: Vector3, b: Vector3, backA: Vector3, backB: Vector3): void {
    this.visible = figure === 'distance' || figure === 'yaw' || figure === 'geodesic';
    if (figure === 'distance') {
      this.lines.a.setPoints([a, ORIGIN]);
      this.lines.b.setPoints([b, ORIGIN]);
    } else if (figure === 'yaw' || figure === 'geodesic') {
      // Both lines of sight from the same place, so that the angle between them can be seen.
      this.lines.a.setPoints([b, rayEnd(b, backA, figure === 'yaw')]);
      this.lines.b.setPoints([b, rayEnd(b, backB, figure === 'yaw')]);
    }
  }

  override dispose(): void {
    this.lines.a.dispose();
    this.lines.b.dispose();
  }
}

/** Where a line of sight ends; flat, only its direction over the ground counts. */
function rayEnd(from: Vector3, back: Vector3, isFlat: boolean): Vector3 {
  const direction = back.clone().negate();
  if (isFlat) direction.setY(0).normalize();
  return from.clone().addScaledVector(direction, RAY_LENGTH);
}
