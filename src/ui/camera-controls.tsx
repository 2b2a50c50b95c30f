/** One camera without dragging: flights to presets, what a drag does, and numbers. */
import { placeAim, placeOffset, type CameraPlace } from '../core/camera-place';
import { ELEVATION_LIMIT_DEG } from '../core/camera-pose';
import { DISTANCE_MAX_M, DISTANCE_MIN_M, PRESET_NAMES, type PresetName } from '../state/page-defaults';
import { MOVE_KINDS, type MoveKind } from './camera-moves';
import { useT } from './i18n/use-t';
import { NumberField } from './number-field';

/** A number of the camera that somebody set. Turns and shifts are absolute, not steps. */
export type CameraFigure = 'azimuth' | 'elevation' | 'distance' | 'turn' | 'tilt' | 'right' | 'up';

export interface CameraControlsProps {
  readonly letter: 'A' | 'B';
  readonly place: CameraPlace;
  readonly kind: MoveKind;
  readonly onKind: (kind: MoveKind) => void;
  readonly onPreset: (preset: PresetName) => void;
  readonly onFigure: (figure: CameraFigure, value: number) => void;
  /** Looks at the object again. */
  readonly onAim: () => void;
}

interface Field {
  readonly figure: CameraFigure;
  readonly value: number;
  readonly step: number;
  readonly limit: readonly [min: number, max: number];
  readonly wraps?: true;
  readonly unit: '°' | '';
}

const AROUND = { limit: [-180, 180], wraps: true, unit: '°' } as const;
const UPWARD = { limit: [-ELEVATION_LIMIT_DEG, ELEVATION_LIMIT_DEG], unit: '°' } as const;
/** As far to a side or up as a camera may be away. */
const ASIDE = { limit: [-DISTANCE_MAX_M, DISTANCE_MAX_M], unit: '' } as const;

export function CameraControls({ letter, place, kind, onKind, onPreset, onFigure, onAim }: CameraControlsProps) {
  const t = useT();
  const aim = placeAim(place);
  const offset = placeOffset(place);
  const around: readonly Field[] = [
    { figure: 'azimuth', value: place.azimuthDeg, step: 5, ...AROUND },
    { figure: 'elevation', value: place.elevationDeg, step: 5, ...UPWARD },
    { figure: 'distance', value: place.distanceM, step: 0.1, limit: [DISTANCE_MIN_M, DISTANCE_MAX_M], unit: '' },
  ];
  const free: readonly Field[] = [
    { figure: 'turn', value: aim.turnRightDeg, step: 2, ...AROUND },
    { figure: 'tilt', value: aim.tiltUpDeg, step: 2, ...UPWARD },
    { figure: 'right', value: offset.rightM, step: 0.1, ...ASIDE },
    { figure: 'up', value: offset.upM, step: 0.1, ...ASIDE },
  ];
  const fields = (list: readonly Field[]) =>
    list.map(({ figure, value, step, limit: [min, max], wraps = false, unit }) => (
      <NumberField
        key={figure}
        label={t('field.of', { letter, field: t(`field.${figure}`) })}
        short={t(`field.${figure}.short`)}
        value={value}
        digits={unit === '°' ? 0 : 2}
        step={step}
        min={min}
        max={max}
        wraps={wraps}
        unit={unit}
        onValue={(next) => onFigure(figure, next)}
      />
    ));
  return (
    <div className="camera" role="group" aria-label={t('view.controls', { letter })}>
      <div className="presets" role="group" aria-label={t('presets.label', { letter })}>
        {PRESET_NAMES.map((preset) => (
          <button
            key={preset}
            type="button"
            className="chip"
            aria-label={t('preset.fly', { letter, preset: t(`preset.${preset}`) })}
            onClick={() => onPreset(preset)}
          >
            {t(`preset.${preset}`)}
          </button>
        ))}
      </div>
      <div className="fields">{fields(around)}</div>
      <div className="moves" role="group" aria-label={t('moves.label', { letter })}>
        {MOVE_KINDS.map((name) => (
          <button
            key={name}
            type="button"
            className="chip chip--toggle"
            aria-pressed={name === kind}
            title={t(`moves.${name}.hint`)}
            onClick={() => onKind(name)}
          >
            {t(`moves.${name}`)}
          </button>
        ))}
        {place.look && (
          <button type="button" className="chip chip--act" onClick={onAim}>
            {t('moves.aim')}
          </button>
        )}
      </div>
      {(kind !== 'orbit' || place.look) && (
        <div className="fields" role="group" aria-label={t('moves.free', { letter })}>
          {fields(free)}
        </div>
      )}
    </div>
  );
}
