/**
 * Draws a scene with the one WebGL renderer and copies the pixels to a plain canvas on the page. Against scissored views on one large
 * canvas, as drei's View has them: only the view that changed is drawn, pictures never lag behind a scrolling page, and views may stand
 * anywhere.
 */
import {
  GLSL3,
  Mesh,
  OrthographicCamera,
  PlaneGeometry,
  RawShaderMaterial,
  Scene,
  type Camera,
  type WebGLRenderer,
  type WebGLRenderTarget,
} from 'three';
import { pictureTargetCreate } from './picture-target';
import { rendererConfigure } from './stage';

export interface BlitTarget {
  readonly canvas: HTMLCanvasElement;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The renderer's own canvas gets the pixels of another picture, one to one. */
function copyMaterialCreate(from: WebGLRenderTarget): RawShaderMaterial {
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    uniforms: { picture: { value: from.texture } },
    vertexShader: `
      in vec3 position;
      void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }`,
    fragmentShader: `
      precision highp float;
      uniform sampler2D picture;
      out vec4 color;
      void main() { color = texelFetch(picture, ivec2(gl_FragCoord.xy), 0); }`,
    depthTest: false,
    depthWrite: false,
  });
}

export class Blitter {
  private readonly renderer: WebGLRenderer;
  /** Smooth edges are drawn here: on the renderer's own canvas every picture would pay for them, those in motion too. */
  private readonly smooth = pictureTargetCreate(1);
  private readonly copyScene = new Scene();
  private readonly copyCamera = new OrthographicCamera();
  private readonly copy = new Mesh(new PlaneGeometry(2, 2), copyMaterialCreate(this.smooth));

  /** @param renderer without antialiasing of its own */
  constructor(renderer: WebGLRenderer) {
    this.renderer = renderer;
    this.copy.frustumCulled = false;
    this.copyScene.add(this.copy);
  }

  /**
   * @param target sizes in CSS pixels
   * @param sideShare share of the target's pixels along one side that are drawn, in (0, 1]; fewer are spread over the whole target, with
   * rough edges
   * @returns false, with the target untouched, while the renderer's own canvas is still smaller than the target: it grows an observer's
   * turn after the page's layout, and its new size asks for another frame
   */
  draw(scene: Scene, camera: Camera, target: BlitTarget, sideShare = 1): boolean {
    const { renderer } = this;
    const { canvas, widthPx, heightPx } = target;
    const context = canvas.getContext('2d');
    if (!context) return false;
    const ratio = renderer.getPixelRatio();
    const width = Math.floor(widthPx * ratio);
    const height = Math.floor(heightPx * ratio);
    const { domElement } = renderer;
    if (domElement.width < width || domElement.height < height) return false;
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    const drawnWidth = Math.max(1, Math.round(width * sideShare));
    const drawnHeight = Math.max(1, Math.round(height * sideShare));
    rendererConfigure(renderer);
    renderer.setRenderTarget(null);
    // three.js multiplies by the pixel ratio again and then rounds, or rounds down: a little more comes out right both ways.
    const [widthCssPx, heightCssPx] = [(drawnWidth + 0.25) / ratio, (drawnHeight + 0.25) / ratio];
    renderer.setViewport(0, 0, widthCssPx, heightCssPx);
    renderer.setScissor(0, 0, widthCssPx, heightCssPx);
    renderer.setScissorTest(true);
    if (sideShare === 1) this.drawSmooth(scene, camera, drawnWidth, drawnHeight);
    else renderer.render(scene, camera);
    renderer.setScissorTest(false);
    // WebGL counts rows from the bottom, a 2D canvas from the top. Spread pixels are mixed with their neighbours, and beyond the upper
    // and the right edge these are of whatever was drawn there before: half a pixel less keeps them out.
    const edge = sideShare === 1 ? 0 : 0.5;
    const top = domElement.height - drawnHeight + edge;
    context.drawImage(domElement, 0, top, drawnWidth - edge, drawnHeight - edge, 0, 0, width, height);
    return true;
  }

  dispose(): void {
    this.smooth.dispose();
    this.copy.geometry.dispose();
    this.copy.material.dispose();
  }

  private drawSmooth(scene: Scene, camera: Camera, width: number, height: number): void {
    const { renderer, smooth } = this;
    const { domElement } = renderer;
    // As large as the canvas, whatever the view: made anew for every view, it would cost more than it saves.
    if (smooth.width !== domElement.width || smooth.height !== domElement.height)
      smooth.setSize(domElement.width, domElement.height);
    smooth.viewport.set(0, 0, width, height);
    smooth.scissor.set(0, 0, width, height);
    renderer.setRenderTarget(smooth);
    renderer.render(scene, camera);
    renderer.setRenderTarget(null);
    renderer.render(this.copyScene, this.copyCamera);
  }
}
