/** One of two photos: chosen from disk or taken with the camera, shown as the square that the model sees. */
import { useRef, type ReactNode } from 'react';
import { useT } from './i18n/use-t';

export interface PhotoSlotProps {
  readonly letter: 'A' | 'B';
  readonly isChosen: boolean;
  /** The photo is no square, so that its square can be moved. */
  readonly isOblong: boolean;
  /** From −1 to 1 along the longer side. */
  readonly shift: number;
  readonly problem: string | null;
  readonly canvasRef: (canvas: HTMLCanvasElement | null) => void;
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

export function PhotoSlot({ canvasRef, onFile, onShift, ...props }: PhotoSlotProps) {
  const { letter, isChosen, isOblong, shift, problem } = props;
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
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
          hidden={!isChosen}
        />
        {!isChosen && <p className="photo__empty">{t('photos.empty')}</p>}
      </Frame>
      {isOblong && (
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
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {t(isChosen ? 'photos.change' : 'photos.choose', { letter })}
      </button>
      {problem && (
        <p className="form-field__problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
