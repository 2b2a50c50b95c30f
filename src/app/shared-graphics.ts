/** Pictures off the screen are drawn with what draws the views, while those are there. */
import type { Graphics } from '../scene/graphics';
import type { ObjectLibrary } from './object-library';

export interface SharedGraphics {
  /** Null before the first view and after a lost context: whoever draws then makes graphics of its own. */
  readonly current: () => Graphics | null;
  /** Resolves once there are some: for whatever must not hold up the first view. */
  readonly ready: () => Promise<void>;
  /** By whoever owns them; null before they go. */
  readonly share: (graphics: Graphics | null) => void;
}

export function sharedGraphicsCreate(): SharedGraphics {
  let current: Graphics | null = null;
  let waiting: (() => void)[] = [];
  return {
    current: () => current,
    ready: () => (current ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    share: (graphics) => {
      current = graphics;
      if (!graphics) return;
      waiting.forEach((resolve) => resolve());
      waiting = [];
    },
  };
}

/** What it takes to draw a pair. */
export interface PictureSources {
  readonly library: ObjectLibrary;
  readonly graphics: SharedGraphics;
}

interface Drawer {
  dispose(): void;
}

export interface KeptDrawer<T extends Drawer> {
  /** The one that was made last, or a new one when the graphics have changed since. */
  get(make: (graphics: Graphics | undefined) => T): T;
  drop(): void;
}

export function keptDrawerCreate<T extends Drawer>(shared: SharedGraphics): KeptDrawer<T> {
  let kept: { readonly graphics: Graphics | null; readonly drawer: T } | null = null;
  const drop = (): void => {
    kept?.drawer.dispose();
    kept = null;
  };
  return {
    get: (make) => {
      const graphics = shared.current();
      if (kept && kept.graphics !== graphics) drop();
      kept ??= { graphics, drawer: make(graphics ?? undefined) };
      return kept.drawer;
    },
    drop,
  };
}
