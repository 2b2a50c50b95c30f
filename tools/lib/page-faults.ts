/** What can go wrong around the page, done to a Playwright page before it loads. */
import type { Page } from 'playwright-core';

/** As in a browser that offers no WebGL. */
export const withoutWebGl = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: never[]) {
      return kind.startsWith('webgl') ? null : Reflect.apply(original, this, [kind, ...rest]);
    } as typeof original;
  });

/** One byte of the encoder arrives changed. */
export const damagedModel = (page: Page): Promise<unknown> =>
  page.route('**/onnx/vision_encoder.onnx', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length >> 1] = (body[body.length >> 1] as number) ^ 0xff;
    await route.fulfill({ response, body });
  });
