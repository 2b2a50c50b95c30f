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

/** The search for a look-alike as it ends on a slow graphics card, never, or for an object that looks the same from everywhere, at once. */
export const lookAlikeSearch = (page: Page, ending: 'never' | 'ambiguous'): Promise<unknown> =>
  page.route('**/assets/assessor-*.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `export class Assessor {
        assessInBreaths(object, item) {
          return ${ending === 'never' ? 'new Promise(() => undefined)' : 'Promise.resolve({ answerable: false, twin: item.viewA })'};
        }
        dispose() {}
      }`,
    }),
  );
