import type { Vec3 } from '../../core/vec3';

/** From this far on, single precision, which graphics hold, tells steps of a thousandth no longer apart. */
const FAR = 10_000;

/**
 * Moves the places of a file near its origin where they lie far from it: in map coordinates, millions of metres, an
 * object of a few metres would be left a dozen steps wide. Where it stood says nothing here: every object is centred.
 */
export class PlaceShift {
  private origin: Vec3 | null = null;

  /** The first place decides for all that follow. */
  moved(x: number, y: number, z: number): Vec3 {
    this.origin ??= Math.hypot(x, y, z) > FAR ? [x, y, z] : [0, 0, 0];
    const [originX, originY, originZ] = this.origin;
    return [x - originX, y - originY, z - originZ];
  }
}
