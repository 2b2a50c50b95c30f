/** Before a person's own mesh joins the page: how it stands, what it is called, whether it is kept. */
import { useState, type FormEvent, type Ref } from 'react';
import { formatCount } from './format';
import { useT } from './i18n/use-t';
import { StandPicker, type StandOption } from './stand-picker';
import { TurnSurface } from './turn-surface';

export interface OwnObjectFormProps {
  readonly canvasRef: Ref<HTMLCanvasElement>;
  readonly file: string;
  readonly triangles: number;
  readonly suggestedName: string;
  readonly ups: readonly StandOption[];
  readonly upId: string;
  readonly fronts: readonly StandOption[];
  readonly frontId: string;
  /** It is being added: once is enough. */
  readonly isBusy: boolean;
  readonly onUp: (id: string) => void;
  readonly onFront: (id: string) => void;
  readonly onTurn: (azimuthDeg: number, elevationDeg: number) => void;
  readonly onUse: (name: string, keep: boolean) => void;
  readonly onCancel: () => void;
}

const NAME_MAX = 60;

export function OwnObjectForm({ canvasRef, ...props }: OwnObjectFormProps) {
  const t = useT();
  const [name, setName] = useState(props.suggestedName.slice(0, NAME_MAX));
  const [keep, setKeep] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onUse(name, keep);
  };
  return (
    <form className="own" onSubmit={submit}>
      <figure className="own__preview">
        <div className="own__picture">
          <canvas ref={canvasRef} aria-hidden="true" />
          <TurnSurface label={t('own.preview')} onTurn={props.onTurn} />
        </div>
        <figcaption className="dialog__text tabular">
          {props.file} · {t('own.triangles', { count: formatCount(props.triangles) })}
        </figcaption>
      </figure>
      <div className="own__choices">
        <StandPicker legend={t('own.up')} options={props.ups} chosenId={props.upId} onChoose={props.onUp} />
        <StandPicker legend={t('own.front')} options={props.fronts} chosenId={props.frontId} onChoose={props.onFront} />
        <label className="own__name">
          <span>{t('own.name')}</span>
          <input
            type="text"
            autoComplete="off"
            maxLength={NAME_MAX}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <div>
          <label className="check">
            <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
            {t('own.keep')}
          </label>
          <p className="dialog__text">{t('own.keep.hint')}</p>
        </div>
      </div>
      <div className="dialog__row own__end">
        <button type="button" className="button" onClick={props.onCancel}>
          {t('own.cancel')}
        </button>
        <button type="submit" className="button button--solid" disabled={props.isBusy}>
          {t('own.use')}
        </button>
      </div>
    </form>
  );
}
