/** Two photos of a person's own, wired to the model that answers now. */
import { useEffect, useRef, useState } from 'react';
import { engineErrorData } from '../inference/engine';
import { isQuestionId, type QuestionId } from '../questions/families';
import { useT } from '../ui/i18n/use-t';
import { PhotoDialog, type PhotoAnswer } from '../ui/photo-dialog';
import { photosKey } from './photo-key';
import { useAppState, useServices } from './services';
import { usePhoto, type PhotoControl } from './use-photo';
import { usePhotoCamera } from './use-photo-camera';

/** Of the preview while no model is ready to say its own. */
const PREVIEW_SIZE_PX = 256;

const LETTERS = ['A', 'B'] as const;

export function OwnPhotos({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const { store } = useServices();
  const status = useAppState(({ model }) => model.status);
  const source = useAppState(({ model }) => model.source);
  const startFamily = useAppState(({ question }) => question.family);
  const model = status.kind === 'ready' ? status.model : null;
  const sizePx = model?.imageSizePx ?? PREVIEW_SIZE_PX;
  const [family, setFamily] = useState<QuestionId>(isQuestionId(startFamily) ? startFamily : 'ego-translation');
  const [answer, setAnswer] = useState<PhotoAnswer>({ kind: 'none' });
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);

  /** An answer is about what was asked, not about what is chosen now. */
  const outdated = (): void => {
    asking.current?.abort();
    setAnswer({ kind: 'none' });
  };
  // A photo takes a while to read: somebody may have asked about the one before meanwhile.
  const photoA = usePhoto(sizePx, outdated);
  const photoB = usePhoto(sizePx, outdated);
  const photos: readonly PhotoControl[] = [photoA, photoB];
  const camera = usePhotoCamera();
  const choose = (index: number, file: File): void => {
    outdated();
    photos[index]?.choose(file);
  };
  const problemOf = (index: number): string | null => {
    const unreadable = photos[index]?.unreadable ?? null;
    if (camera.problem?.slot === index) return t(`photos.camera.${camera.problem.kind}`);
    return unreadable === null ? null : t('photos.unreadable', { name: unreadable });
  };
  /** After the first of two photos the camera waits for the second: all that lies between is a step to the side. */
  const placeAfter = (index: number): number | null => {
    const next = photos.findIndex(({ isChosen }, place) => place !== index && !isChosen);
    return next === -1 ? null : next;
  };
  const take = async (index: number): Promise<void> => {
    const file = await camera.take(`${LETTERS[index]}.png`, placeAfter(index));
    if (file) choose(index, file);
  };
  const ask = async (): Promise<void> => {
    asking.current?.abort();
    const controller = new AbortController();
    asking.current = controller;
    setAnswer({ kind: 'waiting' });
    const modelName = model?.modelName ?? t('model.title');
    try {
      const [a, b] = [photoA.pixels(), photoB.pixels()];
      if (!a || !b) return outdated();
      const pair = { key: photosKey(a, b), a, b };
      const scores = await store.getState().model.askAbout(pair, family, controller.signal);
      if (!controller.signal.aborted) setAnswer({ kind: 'answered', family, scores, modelName });
    } catch (thrown) {
      if (!controller.signal.aborted) setAnswer({ kind: 'failed', error: engineErrorData(thrown) });
    }
  };

  return (
    <PhotoDialog
      slots={photos.map((photo, index) => ({
        letter: LETTERS[index] ?? 'A',
        shift: photo.shift,
        problem: problemOf(index),
        canvasRef: photo.setCanvas,
        videoRef: camera.setVideo,
        camera: !camera.isThere ? null : camera.slot !== index ? 'closed' : camera.isLive ? 'live' : 'opening',
      }))}
      photos={photos.map(({ isChosen, isOblong }) => (isChosen ? { isOblong } : null))}
      family={family}
      modelName={model?.modelName ?? null}
      remoteHost={source.kind === 'remote' ? source.host : null}
      answer={answer}
      onFile={(index, file) => {
        camera.close();
        choose(index, file);
      }}
      onCameraOpen={camera.open}
      onCameraTake={(index) => void take(index)}
      onCameraClose={camera.close}
      onShift={(index, shift) => {
        outdated();
        photos[index]?.setShift(shift);
      }}
      onFamily={(next) => {
        outdated();
        setFamily(next);
      }}
      onAsk={() => void ask()}
      onStop={outdated}
      onClose={onClose}
    />
  );
}
