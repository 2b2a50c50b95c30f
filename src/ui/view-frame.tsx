/** The square frame of one view: its letter, its picture, what may be said about the pose. */
import type { ReactNode, Ref } from 'react';
import { useT } from './i18n/use-t';

export interface ViewFrameProps {
  readonly letter: 'A' | 'B';
  readonly canvasRef: Ref<HTMLCanvasElement>;
  /** Describes the picture; holds no pose while the pose is a secret. */
  readonly label: string;
  readonly isLoading: boolean;
  /** There will be no picture; `loadingText` says so. */
  readonly isFailed: boolean;
  readonly loadingText: string;
  /** Azimuth and elevation in short; null while they are a secret. */
  readonly readout: string | null;
  /** Explore: the surface that takes drags and keys. */
  readonly surface: ReactNode;
  /** What stands below the picture. */
  readonly children?: ReactNode;
}

export function ViewFrame({
  letter,
  canvasRef,
  label,
  isLoading,
  isFailed,
  loadingText,
  readout,
  surface,
  children,
}: ViewFrameProps) {
  const t = useT();
  return (
    <section className="view" data-view={letter.toLowerCase()} aria-label={t('view.name', { letter })}>
      <div className="view__picture" data-free={surface !== null}>
        <canvas ref={canvasRef} role="img" aria-label={label} />
        {isLoading && (
          <span className="view__loading" role="status" data-failed={isFailed}>
            {loadingText}
          </span>
        )}
        {surface}
        <span className="view__letter" aria-hidden="true">
          {letter}
        </span>
        {readout !== null && (
          <span className="view__readout tabular" aria-hidden="true">
            {readout}
          </span>
        )}
      </div>
      {children}
    </section>
  );
}
