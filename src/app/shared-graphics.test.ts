import { describe, expect, it } from 'vitest';
import type { Graphics } from '../scene/graphics';
import { keptDrawerCreate, sharedGraphicsCreate } from './shared-graphics';

/** Only its identity counts. */
const graphicsFake = (): Graphics => ({}) as Graphics;

describe('shared graphics', () => {
  it('are ready once they are shared, and again after a loss', async () => {
    const shared = sharedGraphicsCreate();
    const order: string[] = [];
    const told = shared.ready().then(() => order.push('ready'));
    await Promise.resolve();
    order.push('shared');
    shared.share(graphicsFake());
    await told;
    expect(order).toEqual(['shared', 'ready']);
    await shared.ready();
    shared.share(null);
    const again = shared.ready().then(() => order.push('ready'));
    await Promise.resolve();
    expect(order).toHaveLength(2);
    shared.share(graphicsFake());
    await again;
    expect(order).toEqual(['shared', 'ready', 'ready']);
  });
});

describe('a drawer that is kept', () => {
  function drawers() {
    const shared = sharedGraphicsCreate();
    const made: { graphics: Graphics | undefined; disposed: boolean; dispose(): void }[] = [];
    const kept = keptDrawerCreate<(typeof made)[number]>(shared);
    const get = () =>
      kept.get((graphics) => {
        const drawer = { graphics, disposed: false, dispose: () => void (drawer.disposed = true) };
        made.push(drawer);
        return drawer;
      });
    return { shared, made, kept, get };
  }

  it('is the same one while the graphics stay', () => {
    const { shared, get, made } = drawers();
    const graphics = graphicsFake();
    shared.share(graphics);
    expect(get()).toBe(get());
    expect(made).toHaveLength(1);
    expect(made[0]?.graphics).toBe(graphics);
  });

  it('makes graphics of its own where there are none, and leaves them when there are', () => {
    const { shared, get } = drawers();
    const own = get();
    expect(own.graphics).toBeUndefined();
    const graphics = graphicsFake();
    shared.share(graphics);
    expect(get().graphics).toBe(graphics);
    expect(own.disposed).toBe(true);
  });

  it('does not draw with graphics that are gone', () => {
    const { shared, get } = drawers();
    shared.share(graphicsFake());
    const first = get();
    shared.share(null);
    expect(get()).not.toBe(first);
    expect(first.disposed).toBe(true);
  });

  it('is made anew after it was dropped', () => {
    const { get, kept } = drawers();
    const first = get();
    kept.drop();
    expect(first.disposed).toBe(true);
    expect(get()).not.toBe(first);
  });
});
