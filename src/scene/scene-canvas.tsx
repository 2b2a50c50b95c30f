/**
 * The one WebGL canvas of the page. It stands outside the picture; every view's pixels are copied to that view's own canvas (blit.ts).
 * Draws on demand only.
 */
import { Canvas, useThree } from '@react-three/fiber';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { WebGLRenderer } from 'three';
import type { SceneSpec } from '../core/scene-spec';
import type { CameraMotion } from '../state/camera-motion';
import type { LiveOrbits } from '../state/live-orbits';
import type { ViewName } from '../state/page-defaults';
import type { TruthFigure } from '../state/pair';
import { Blitter } from './blit';
import { environmentCreate, environmentDispose } from './environment';
import type { Graphics } from './graphics';
import type { NormalizedObject } from './normalized-object';
import { OverviewLayer, type OverviewLook } from './overview-layer';
import type { OverviewMarks } from './overview-marks';
import { useCanvasSize, type CanvasSize } from './use-canvas-size';
import { useMotionDetail } from './use-motion-detail';
import { ViewLayer } from './view-layer';

export interface SceneCanvasProps {
  readonly object: NormalizedObject;
  readonly live: LiveOrbits;
  readonly motion: CameraMotion;
  readonly canvases: Readonly<Record<ViewName, HTMLCanvasElement | null>>;
  readonly specs: Readonly<Record<ViewName, SceneSpec>>;
  /** Null: hidden, because it would give the poses away. */
  readonly overview: {
    readonly canvas: HTMLCanvasElement | null;
    readonly look: OverviewLook;
    readonly azimuthDeg: number;
    readonly isFromAbove: boolean;
    readonly figure: TruthFigure | null;
    readonly playKey: string | null;
  } | null;
  /** What the views are drawn with, for whoever takes pictures off the screen, once both are drawn; null before it goes. */
  readonly onGraphics: (graphics: Graphics | null) => void;
  /** A view has new pixels. */
  readonly onDrawn: (name: ViewName) => void;
  readonly onContextLost: () => void;
}

/**
 * Of the display, within these bounds: more pixels per CSS pixel cost time and cannot be seen. Only a range follows a window that is
 * zoomed or moved to another display.
 */
const PIXEL_RATIOS: [min: number, max: number] = [0.1, 2];

const larger = (...sizes: readonly CanvasSize[]): CanvasSize => ({
  widthPx: Math.max(1, ...sizes.map(({ widthPx }) => widthPx)),
  heightPx: Math.max(1, ...sizes.map(({ heightPx }) => heightPx)),
});

/** Of the space, so that a window that became small does not keep a large canvas for ever. */
const USED_SHARE_MIN = 0.2;

/** A canvas that changes its size waits for all that is still being drawn: what is large enough, and not much too large, stays. */
function useLasting(wanted: CanvasSize): CanvasSize {
  const [kept, setKept] = useState(wanted);
  const isLargeEnough = kept.widthPx >= wanted.widthPx && kept.heightPx >= wanted.heightPx;
  const isUsed = wanted.widthPx * wanted.heightPx >= USED_SHARE_MIN * kept.widthPx * kept.heightPx;
  if (isLargeEnough && isUsed) return kept;
  const next = isUsed ? larger(wanted, kept) : wanted;
  setKept(next);
  return next;
}

export function SceneCanvas(props: SceneCanvasProps) {
  const sizeA = useCanvasSize(props.canvases.a);
  const sizeB = useCanvasSize(props.canvases.b);
  const sizeOverview = useCanvasSize(props.overview?.canvas ?? null);
  const { widthPx, heightPx } = useLasting(larger(sizeA, sizeB, sizeOverview));
  return (
    <div className="scene-canvas" aria-hidden="true" style={{ width: widthPx, height: heightPx }}>
      <Canvas
        frameloop="demand"
        shadows="variance"
        dpr={PIXEL_RATIOS}
        gl={{ antialias: false, alpha: false }}
        resize={{ debounce: 0, scroll: false }}
      >
        <Layers {...props} sizes={{ a: sizeA, b: sizeB }} sizeOverview={sizeOverview} />
      </Canvas>
    </div>
  );
}

interface LayersProps extends SceneCanvasProps {
  readonly sizes: Readonly<Record<ViewName, CanvasSize>>;
  readonly sizeOverview: CanvasSize;
}

/**
 * Something made for the renderer and freed with it. React may end and begin an effect anew without making its memo anew (StrictMode): only
 * what is still unused a turn later is freed.
 * @param create always the same function
 * @param free always the same function
 */
function useWithRenderer<T>(gl: WebGLRenderer, create: (gl: WebGLRenderer) => T, free: (made: T) => void): T {
  const made = useMemo(() => create(gl), [gl, create]);
  const used = useRef(new Set<T>());
  useEffect(() => {
    const inUse = used.current;
    inUse.add(made);
    return () => {
      inUse.delete(made);
      setTimeout(() => {
        if (!inUse.has(made)) free(made);
      });
    };
  }, [made, free]);
  return made;
}

const blitterCreate = (gl: WebGLRenderer): Blitter => new Blitter(gl);
const blitterFree = (blitter: Blitter): void => blitter.dispose();

function Layers(props: LayersProps) {
  const { object, live, motion, canvases, specs, overview, onGraphics, onDrawn, onContextLost, sizes, sizeOverview } =
    props;
  const gl = useThree((state) => state.gl);
  const environment = useWithRenderer(gl, environmentCreate, environmentDispose);
  const detail = useMotionDetail(motion);
  const blitter = useWithRenderer(gl, blitterCreate, blitterFree);
  const graphics = useMemo<Graphics>(() => ({ renderer: gl, environment }), [gl, environment]);
  useEffect(() => () => onGraphics(null), [graphics, onGraphics]);
  const pictureVersions = useRef<Record<ViewName, number>>({ a: 0, b: 0 });
  const marksBefore = useRef<OverviewMarks | null>(null);
  useEffect(
    () => () => {
      // Layers that go at the same time leave theirs after this.
      setTimeout(() => {
        marksBefore.current?.dispose();
        marksBefore.current = null;
      });
    },
    [],
  );
  const drawn = useCallback(
    (name: ViewName) => {
      pictureVersions.current[name]++;
      // B is drawn last: from now on others may draw without keeping the views waiting.
      if (name === 'b') onGraphics(graphics);
      onDrawn(name);
    },
    [graphics, onGraphics, onDrawn],
  );

  useEffect(() => {
    const lost = (event: Event): void => {
      event.preventDefault();
      onContextLost();
    };
    gl.domElement.addEventListener('webglcontextlost', lost);
    return () => gl.domElement.removeEventListener('webglcontextlost', lost);
  }, [gl, onContextLost]);

  return (
    <>
      {(['a', 'b'] as const).map((name, index) => {
        const canvas = canvases[name];
        if (!canvas) return null;
        const shared = { name, canvas, environment, object, live, detail, blitter, onDrawn: drawn };
        return <ViewLayer key={name} {...shared} size={sizes[name]} spec={specs[name]} order={index + 1} />;
      })}
      {overview?.canvas && (
        <OverviewLayer
          canvas={overview.canvas}
          size={sizeOverview}
          environment={environment}
          object={object}
          pictures={canvases}
          pictureVersions={pictureVersions}
          live={live}
          detail={detail}
          blitter={blitter}
          look={overview.look}
          azimuthDeg={overview.azimuthDeg}
          isFromAbove={overview.isFromAbove}
          figure={overview.figure}
          playKey={overview.playKey}
          marksBefore={marksBefore}
          order={3}
        />
      )}
    </>
  );
}
