/** The object from above with both cameras and the move between them; only rendered when it gives nothing away. */
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode, type Ref } from 'react';
import { overviewTurnOfKey } from './camera-moves';
import { formatDeg } from './format';
import { useT } from './i18n/use-t';
import { fingerDown, fingerMove, type Fingers } from './pointer-drag';

export interface OverviewPanelProps {
  readonly canvasRef: Ref<HTMLCanvasElement>;
  readonly deltaAzimuthDeg: number;
  readonly stayed: boolean;
  /** Turn on the spot of a camera that stayed; 0 for none. */
  readonly turnRightDeg: number;
  readonly isFromAbove: boolean;
  readonly onAbove: () => void;
  readonly onReplay: () => void;
  /** Turns the overview itself. */
  readonly onTurn: (azimuthDeg: number) => void;
  readonly children?: ReactNode;
}

export function OverviewPanel(props: OverviewPanelProps) {
  const { canvasRef, deltaAzimuthDeg, stayed, turnRightDeg, isFromAbove, onAbove, onReplay, onTurn, children } = props;
  const t = useT();
  const fingers = useRef<Fingers>(new Map());
  const value = formatDeg(Math.abs(deltaAzimuthDeg));
  const turn = { value: formatDeg(Math.abs(turnRightDeg)) };
  const stayedWords =
    Math.abs(turnRightDeg) < 0.5
      ? t('overview.stayed')
      : t(turnRightDeg > 0 ? 'overview.turned.right' : 'overview.turned.left', turn);
  const movement = stayed ? stayedWords : t(deltaAzimuthDeg > 0 ? 'overview.right' : 'overview.left', { value });
  const move = (event: PointerEvent): void => {
    const step = fingerMove(fingers.current, event);
    if (step) onTurn(-step.dx * 0.6);
  };
  const end = ({ pointerId }: PointerEvent): void => {
    fingers.current.delete(pointerId);
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const azimuthDeg = overviewTurnOfKey(event.key, event.shiftKey);
    if (azimuthDeg === null) return;
    event.preventDefault();
    onTurn(azimuthDeg);
  };
  return (
    <section className="side overview" aria-labelledby="overview-title">
      <header className="card__head">
        <h2 id="overview-title">{t('overview.title')}</h2>
        <button
          type="button"
          className="icon-button overview__above"
          aria-label={t('overview.above')}
          aria-pressed={isFromAbove}
          title={t(isFromAbove ? 'overview.aslant' : 'overview.above')}
          onClick={onAbove}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d={isFromAbove ? 'M3 13 8 6h9l-5 7zM10 2v1M10 16v2' : 'M4.5 4.5h11v11h-11zM10 8v4M8 10h4'} />
          </svg>
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={t('overview.replay')}
          title={t('overview.replay')}
          onClick={onReplay}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M4.5 10a5.5 5.5 0 1 0 1.9-4.2M4.5 3.5v3.4h3.4" />
          </svg>
        </button>
      </header>
      <div
        className="overview__picture"
        role="application"
        tabIndex={0}
        aria-label={t('overview.turn')}
        aria-describedby="overview-keys"
        onKeyDown={keyDown}
        onPointerDown={(event) => {
          if (fingerDown(fingers.current, event)) event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
        onLostPointerCapture={end}
      >
        <canvas ref={canvasRef} role="img" aria-label={t('overview.label', { movement })} />
        <p id="overview-keys" className="overview__keys">
          {t('overview.keys')}
        </p>
      </div>
      <p className="overview__move">{movement}</p>
      <p className="overview__scale">{t('overview.scale')}</p>
      {children}
    </section>
  );
}
