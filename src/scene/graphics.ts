/**
 * What pictures are drawn with: one WebGL context and the surroundings that objects mirror in it. The page shares one between its views
 * and every picture it takes off the screen, so that shaders are compiled and meshes handed to the graphics card once.
 */
import { WebGLRenderer, type Texture } from 'three';
import { environmentCreate, environmentDispose } from './environment';
import { rendererConfigure } from './stage';

export interface Graphics {
  readonly renderer: WebGLRenderer;
  readonly environment: Texture;
}

/** @throws Error when WebGL2 is missing. */
export function graphicsCreate(): Graphics {
  const renderer = new WebGLRenderer({ canvas: document.createElement('canvas') });
  rendererConfigure(renderer);
  return { renderer, environment: environmentCreate(renderer) };
}

/** Gives the context back; browsers have few. */
export function graphicsDispose({ renderer, environment }: Graphics): void {
  environmentDispose(environment);
  renderer.dispose();
  renderer.forceContextLoss();
}

type Program = NonNullable<WebGLRenderer['info']['programs']>[number] & {
  /** Without waiting, where the browser compiles beside the page. Missing from three's types. */
  isReady(): boolean;
};

/** Whether all is compiled that was asked for (`renderer.compile`): until then drawing would hold the page up. */
export function shadersAreReady({ info }: WebGLRenderer): boolean {
  return ((info.programs ?? []) as Program[]).every((program) => program.isReady());
}
