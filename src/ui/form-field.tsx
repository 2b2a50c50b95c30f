/** A labelled text input with its hint and what is wrong with it. */
import { useId, type InputHTMLAttributes } from 'react';

export interface FormFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className' | 'onChange'> {
  readonly label: string;
  readonly hint?: string;
  /** Null: nothing is wrong. */
  readonly problem: string | null;
  readonly onText: (text: string) => void;
}

export function FormField({ label, hint, problem, onText, ...input }: FormFieldProps) {
  const id = useId();
  const notes = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        aria-invalid={problem !== null}
        aria-describedby={notes || undefined}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {hint && (
        <p className="dialog__text" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p className="form-field__problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
