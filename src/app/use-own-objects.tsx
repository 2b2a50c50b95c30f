/** A person's own mesh, from drop or file dialog to the page. Until it is used, the page stays as it was. */
import { lazy, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { fileName, fileSetFromDataTransfer, fileSetFromFiles, MESH_ACCEPT } from '../scene/mesh-import/file-set';
import type { FileSet } from '../scene/mesh-import/file-set';
import { MeshImportError } from '../scene/mesh-import/import-error';
import type { ImportedMesh } from '../scene/mesh-import/mesh-import';
import type { MeshAxes } from '../scene/mesh-import/orientation';
import { messageOf } from '../state/error-message';
import type { MeshProblem } from '../state/mesh-problem';
import { Dialog } from '../ui/dialog';
import { DropOverlay } from '../ui/drop-overlay';
import { useT } from '../ui/i18n/use-t';
import { OwnObjectReading } from '../ui/own-object-reading';
import { Deferred } from './deferred';
import { framePainted } from './frame-painted';
import { meshDispose, ownMeshRead } from './own-objects';
import { useAppState, useServices } from './services';
import { useFileDrop } from './use-file-drop';

const OwnObjectFailed = lazy(() => import('../ui/own-object-failed'));
const OwnObjectSetup = lazy(() => import('./own-object-setup'));

type Stage =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly file: string; readonly share: number }
  | {
      readonly kind: 'failed';
      readonly problem: MeshProblem;
      /** Present when the mesh can be shown without what is missing. */
      readonly files: FileSet | null;
    }
  | {
      readonly kind: 'setup';
      readonly mesh: ImportedMesh;
      readonly files: FileSet;
      readonly withoutMissingLooks: boolean;
      /** Aborted when the stage is left for another file or for none: what is still being added then comes too late. */
      readonly controller: AbortController;
    };

const IDLE: Stage = { kind: 'idle' };

function failed(error: unknown, files: FileSet | null, file = ''): Stage {
  if (error instanceof MeshImportError)
    return { kind: 'failed', problem: error.problem.mesh, files: error.detail.canContinue ? files : null };
  const quote = messageOf(error);
  const problem = { code: 'undrawable', file, reason: 'undrawable', values: {}, quote } as const;
  return { kind: 'failed', problem, files: null };
}

/** Frees a mesh that was looked at and not used. */
function useMeshDropped(mesh: ImportedMesh | null): (used: ImportedMesh) => void {
  const used = useRef<ImportedMesh | null>(null);
  useEffect(
    () => () => {
      if (mesh && used.current !== mesh) void meshDispose(mesh);
    },
    [mesh],
  );
  return useCallback((mesh) => {
    used.current = mesh;
  }, []);
}

export interface OwnObjectsFlow {
  /** Opens the browser's file dialog; call it from a click. */
  pick(): void;
  keep(id: string, keep: boolean): void;
  readonly parts: ReactNode;
}

export function useOwnObjects(): OwnObjectsFlow {
  const t = useT();
  const { own, store } = useServices();
  const language = useAppState(({ settings }) => settings.language);
  const input = useRef<HTMLInputElement>(null);
  const reading = useRef<AbortController | null>(null);
  const [stage, setStage] = useState<Stage>(IDLE);

  const read = useCallback(async (given: Promise<FileSet>, withoutMissingLooks = false) => {
    reading.current?.abort();
    const controller = new AbortController();
    reading.current = controller;
    let files: FileSet = [];
    let next: Stage;
    try {
      files = await given;
      const file = fileName(files[0]?.path ?? '');
      const onProgress = (share: number): void => {
        if (!controller.signal.aborted) setStage({ kind: 'reading', file, share });
      };
      onProgress(0);
      // Reading may hold the page up: that it is under way, and how to cancel it, stands there first.
      await framePainted();
      const result = await ownMeshRead(files, { withoutMissingLooks, signal: controller.signal, onProgress });
      next = result.ok
        ? { kind: 'setup', mesh: result.mesh, files, withoutMissingLooks, controller }
        : failed(result.error, files);
      if (result.ok && controller.signal.aborted) void meshDispose(result.mesh);
    } catch (error) {
      next = failed(error, files, fileName(files[0]?.path ?? ''));
    }
    if (!controller.signal.aborted) setStage(next);
  }, []);

  const close = useCallback(() => {
    reading.current?.abort();
    setStage(IDLE);
  }, []);
  const drop = useCallback((transfer: DataTransfer) => void read(fileSetFromDataTransfer(transfer)), [read]);
  const isOver = useFileDrop(drop);
  const pick = useCallback(() => input.current?.click(), []);
  const keep = useCallback(
    (id: string, wanted: boolean) =>
      void own.keep(id, wanted).then((isDone) => {
        const name = own.list.getState().find((object) => object.id === id)?.name ?? id;
        if (!isDone) store.getState().view.noticeAdd({ kind: 'own-not-kept', name });
      }),
    [own, store],
  );

  const meshUsed = useMeshDropped(stage.kind === 'setup' ? stage.mesh : null);
  const setupFailed = useCallback(
    (error: unknown) => {
      if (stage.kind !== 'setup' || stage.controller.signal.aborted) return;
      stage.controller.abort();
      setStage(failed(error, null, fileName(stage.mesh.file)));
    },
    [stage],
  );
  const use = (axes: MeshAxes, name: string, wantsKeep: boolean, thumbnailUrl: string): void => {
    if (stage.kind !== 'setup') return;
    const { mesh, files, withoutMissingLooks, controller } = stage;
    const choice = { name, files, axes, withoutMissingLooks, thumbnailUrl };
    own.add(mesh, choice, controller.signal).then((id) => {
      meshUsed(mesh);
      if (wantsKeep) keep(id, true);
      store.getState().view.objectChoose(id);
      setStage(IDLE);
    }, setupFailed);
  };

  const parts = (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={MESH_ACCEPT}
        onChange={({ currentTarget }) => {
          const files = fileSetFromFiles(currentTarget.files ?? []);
          // The same file may be picked again after it was mended.
          currentTarget.value = '';
          if (files.length > 0) void read(Promise.resolve(files));
        }}
      />
      {isOver && <DropOverlay />}
      {stage.kind !== 'idle' && (
        <Dialog title={t(stage.kind === 'failed' ? 'own.failed.title' : 'own.title')} onClose={close}>
          {stage.kind === 'reading' && <OwnObjectReading file={stage.file} share={stage.share} onCancel={close} />}
          {stage.kind === 'failed' && (
            <Deferred onFailed={close}>
              <OwnObjectFailed
                problem={stage.problem}
                language={language}
                onContinue={stage.files ? () => void read(Promise.resolve(stage.files ?? []), true) : null}
                onAgain={pick}
                onClose={close}
              />
            </Deferred>
          )}
          {stage.kind === 'setup' && (
            <Deferred onFailed={close}>
              <OwnObjectSetup
                key={stage.mesh.source.uuid}
                mesh={stage.mesh}
                onUse={use}
                onFailed={setupFailed}
                onCancel={close}
              />
            </Deferred>
          )}
        </Dialog>
      )}
    </>
  );
  return { pick, keep, parts };
}
