/** One choice among pictures of the same mesh, each stood up another way. */
import { useId } from 'react';

export interface StandOption {
  readonly id: string;
  readonly label: string;
  /** Short, below the picture. */
  readonly caption: string;
  /** Null while it is being drawn. */
  readonly pictureUrl: string | null;
}

export interface StandPickerProps {
  readonly legend: string;
  readonly options: readonly StandOption[];
  readonly chosenId: string;
  readonly onChoose: (id: string) => void;
}

export function StandPicker({ legend, options, chosenId, onChoose }: StandPickerProps) {
  const name = useId();
  return (
    <fieldset className="stand">
      <legend>{legend}</legend>
      <div className="stand__options">
        {options.map(({ id, label, caption, pictureUrl }) => (
          <label key={id} className="stand__option">
            <input
              type="radio"
              name={name}
              aria-label={label}
              checked={id === chosenId}
              onChange={() => onChoose(id)}
            />
            {pictureUrl === null ? <span className="tile__blank" /> : <img src={pictureUrl} alt="" />}
            <span className="tabular" aria-hidden="true">
              {caption}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
