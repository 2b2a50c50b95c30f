/**
 * Draws a scene with the one WebGL renderer and copies the pixels to a plain canvas on the page. Against scissored views on one large
 * canvas, as drei's View has them: only the view that changed is drawn, pictures never lag behind a scrolling page, and views may stand
 * anywhere.
 */
import type { Camera, Scene, WebGLRenderer } from 'three';
import { rendererConfigure } from './stage';

export interface BlitTarget {
  readonly canvas: HTMLCanvasElement;
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * @param target sizes in CSS pixels
 * @returns false, with the target untouched, while the renderer's own canvas is still smaller than the target: it grows an observer's
 * turn after the page's layout, and its new size asks for another frame
 */
export function blit(renderer: WebGLRenderer, scene: Scene, camera: Camera, target: BlitTarget): boolean {
  const { canvas, widthPx, heightPx } = target;
  const context = canvas.getContext('2d');
  if (!context) return false;
  const ratio = renderer.getPixelRatio();
  const width = Math.floor(widthPx * ratio);
  const height = Math.floor(heightPx * ratio);
  if (renderer.domElement.width < width || renderer.domElement.height < height) return false;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  rendererConfigure(renderer);
  renderer.setRenderTarget(null);
  renderer.setViewport(0, 0, widthPx, heightPx);
  renderer.setScissor(0, 0, widthPx, heightPx);
  renderer.setScissorTest(true);
  renderer.render(scene, camera);
  renderer.setScissorTest(false);
  // WebGL counts rows from the bottom, a 2D canvas from the top.
  context.drawImage(renderer.domElement, 0, renderer.domElement.height - height, width, height, 0, 0, width, height);
  return true;
}
