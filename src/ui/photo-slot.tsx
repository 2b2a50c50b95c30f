/** One of two photos: chosen from disk or taken with the camera, shown as the square that the model sees. */
import { useEffect, useRef, type ReactNode } from 'react';
import { useT } from './i18n/use-t';

/** Of a camera in this place. `opening`: the browser is asking whether it may be used. */
export type PhotoCameraState = 'closed' | 'opening' | 'live';

export interface PhotoSlotProps {
  readonly letter: 'A' | 'B';
  readonly isChosen: boolean;
  /** The photo is no square, so that its square can be moved. */
  readonly isOblong: boolean;
  /** From −1 to 1 along the longer side. */
  readonly shift: number;
  readonly problem: string | null;
  readonly canvasRef: (canvas: HTMLCanvasElement | null) => void;
  readonly videoRef: (video: HTMLVideoElement | null) => void;
  /** Null: the browser offers none. */
  readonly camera: PhotoCameraState | null;
  readonly onCameraOpen: () => void;
  readonly onCameraTake: () => void;
  readonly onCameraClose: () => void;
  readonly onFile: (file: File) => void;
  readonly onShift: (shift: number) => void;
}

function Frame({ letter, children }: { readonly letter: 'A' | 'B'; readonly children: ReactNode }) {
  return (
    <div className="photo__frame" data-view={letter.toLowerCase()}>
      {children}
    </div>
  );
}

export function PhotoSlot({ canvasRef, videoRef, onFile, onShift, ...props }: PhotoSlotProps) {
  const { letter, isChosen, isOblong, shift, problem, camera } = props;
  const isOpen = camera === 'opening' || camera === 'live';
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  // Whoever opened it here, or took photo A and is at B now, takes the next photo with the same key.
  useEffect(() => {
    if (isOpen) first.current?.focus();
  }, [isOpen]);
  return (
    <section className="photo" aria-label={t('photos.slot', { letter })}>
      <h3>{t('photos.slot', { letter })}</h3>
      <Frame letter={letter}>
        <canvas
          ref={canvasRef}
          role="img"
          aria-label={t('photos.sees', { letter })}
          width={8}
          height={8}
          hidden={!isChosen || isOpen}
        />
        {isOpen && <video ref={videoRef} aria-label={t('photos.camera.sees', { letter })} autoPlay muted playsInline />}
        {camera === 'opening' && <p className="photo__empty">{t('photos.camera.opening')}</p>}
        {!isChosen && !isOpen && <p className="photo__empty">{t('photos.empty')}</p>}
      </Frame>
      {isOblong && !isOpen && (
        <input
          type="range"
          className="photo__shift"
          min={-1}
          max={1}
          step={0.05}
          value={shift}
          aria-label={t('photos.shift', { letter })}
          onChange={(event) => onShift(event.currentTarget.valueAsNumber)}
        />
      )}
      <input
        ref={input}
        className="sr-only"
        type="file"
        accept="image/*"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) onFile(file);
          // The same file may be chosen again.
          event.currentTarget.value = '';
        }}
      />
      {/* The same two buttons, so that focus stays where it was when the camera closes. */}
      <button
        ref={first}
        type="button"
        className={isOpen ? 'button button--solid' : 'button'}
        aria-disabled={camera === 'opening'}
        onClick={() => (isOpen ? props.onCameraTake() : input.current?.click())}
      >
        {t(isOpen ? 'photos.camera.take' : isChosen ? 'photos.change' : 'photos.choose', { letter })}
      </button>
      {camera && (
        <button type="button" className="button" onClick={isOpen ? props.onCameraClose : props.onCameraOpen}>
          {isOpen ? t('photos.camera.close') : t('photos.camera.open', { letter })}
        </button>
      )}
      {problem && (
        <p className="form-field__problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
