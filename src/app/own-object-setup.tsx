/** Stands a person's own mesh up: draws the previews and hands the choice over. Loaded when there is a mesh. */
import { useEffect, useMemo, useState } from 'react';
import type { ImportedMesh } from '../scene/mesh-import/mesh-import';
import { AXES, axesWithUp, frontsForUp, type Axis, type MeshAxes } from '../scene/mesh-import/orientation';
import { MeshPreview, PREVIEW_FRONT, PREVIEW_THREE_QUARTER, type PreviewDirection } from '../scene/mesh-preview';
import { useT } from '../ui/i18n/use-t';
import { OwnObjectForm } from '../ui/own-object-form';
import { useServices } from './services';
import { keptDrawerCreate } from './shared-graphics';

export interface OwnObjectSetupProps {
  readonly mesh: ImportedMesh;
  readonly onUse: (axes: MeshAxes, name: string, keep: boolean, thumbnailUrl: string) => void;
  readonly onFailed: (error: unknown) => void;
  readonly onCancel: () => void;
}

interface Still {
  readonly key: string;
  readonly axes: MeshAxes;
  readonly direction: PreviewDirection;
}

const upStill = (axes: MeshAxes, up: Axis): Still => ({
  key: `up ${up}`,
  axes: axesWithUp(axes, up),
  direction: PREVIEW_THREE_QUARTER,
});
const frontStill = ({ up }: MeshAxes, front: Axis): Still => ({
  key: `front ${up} ${front}`,
  axes: { up, front },
  direction: PREVIEW_FRONT,
});

/** What draws the mesh, asked for before every picture: graphics that were lost are replaced. */
type PreviewSource = () => MeshPreview;

/** Small pictures, one a frame, so that the page stays at hand. */
function useStills(preview: PreviewSource | null, wanted: readonly Still[], onFailed: (error: unknown) => void) {
  const [stills, setStills] = useState<Readonly<Record<string, string>>>({});
  const next = wanted.find(({ key }) => !(key in stills));
  useEffect(() => {
    if (!preview || !next) return;
    const frame = requestAnimationFrame(() => {
      try {
        const url = preview().still(next.axes, next.direction);
        setStills((known) => ({ ...known, [next.key]: url }));
      } catch (error) {
        onFailed(error);
      }
    });
    return () => cancelAnimationFrame(frame);
  }, [preview, next, onFailed]);
  return stills;
}

function usePreview(mesh: ImportedMesh): PreviewSource | null {
  const { graphics } = useServices();
  const [preview, setPreview] = useState<PreviewSource | null>(null);
  useEffect(() => {
    const kept = keptDrawerCreate<MeshPreview>(graphics);
    const source: PreviewSource = () => kept.get((shared) => new MeshPreview(mesh, shared));
    // The dialog comes before its pictures.
    const frame = requestAnimationFrame(() => setPreview(() => source));
    return () => {
      cancelAnimationFrame(frame);
      kept.drop();
    };
  }, [mesh, graphics]);
  return preview;
}

export default function OwnObjectSetup({ mesh, onUse, onFailed, onCancel }: OwnObjectSetupProps) {
  const t = useT();
  const [axes, setAxes] = useState(mesh.axes);
  const [direction, setDirection] = useState(PREVIEW_THREE_QUARTER);
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const [isBusy, setBusy] = useState(false);
  const preview = usePreview(mesh);

  const wanted = useMemo(
    () => [
      ...AXES.map((up) => upStill(mesh.axes, up)),
      ...frontsForUp(axes.up).map((front) => frontStill(axes, front)),
    ],
    [mesh, axes],
  );
  const stills = useStills(preview, wanted, onFailed);

  useEffect(() => {
    if (!preview || !canvas) return;
    try {
      preview().draw(canvas, axes, direction);
    } catch (error) {
      onFailed(error);
    }
  }, [preview, canvas, axes, direction, onFailed]);

  const use = (name: string, keep: boolean): void => {
    if (!preview) return;
    setBusy(true);
    try {
      onUse(axes, name, keep, preview().still(axes, PREVIEW_THREE_QUARTER));
    } catch (error) {
      onFailed(error);
    }
  };
  const turn = (azimuthDeg: number, elevationDeg: number): void =>
    setDirection((now) => ({
      azimuthDeg: now.azimuthDeg + azimuthDeg,
      elevationDeg: Math.max(-80, Math.min(80, now.elevationDeg + elevationDeg)),
    }));

  return (
    <OwnObjectForm
      canvasRef={setCanvas}
      file={mesh.file}
      triangles={mesh.counts.triangles}
      suggestedName={mesh.name}
      ups={AXES.map((up) => ({
        id: up,
        label: t('own.up.option', { axis: up }),
        caption: up.replace('-', '−'),
        pictureUrl: stills[upStill(mesh.axes, up).key] ?? null,
      }))}
      upId={axes.up}
      fronts={frontsForUp(axes.up).map((front) => ({
        id: front,
        label: t('own.front.option', { axis: front }),
        caption: front.replace('-', '−'),
        pictureUrl: stills[frontStill(axes, front).key] ?? null,
      }))}
      frontId={axes.front}
      isBusy={isBusy || !preview}
      onUp={(id) => setAxes(axesWithUp(axes, id as Axis))}
      onFront={(id) => setAxes({ ...axes, front: id as Axis })}
      onTurn={turn}
      onUse={use}
      onCancel={onCancel}
    />
  );
}
