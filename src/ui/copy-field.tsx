/** A text to copy, with its button. Where the browser refuses the clipboard, the text is selected instead. */
import { useRef, useState } from 'react';
import { useT } from './i18n/use-t';

export interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  /** @default 1 */
  readonly lines?: number;
}

type Outcome = 'none' | 'copied' | 'refused';

export function CopyField({ label, text, lines = 1 }: CopyFieldProps) {
  const t = useT();
  const ref = useRef<HTMLTextAreaElement>(null);
  const [outcome, setOutcome] = useState<{ readonly of: string; readonly kind: Outcome }>({ of: text, kind: 'none' });
  const kind = outcome.of === text ? outcome.kind : 'none';
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome({ of: text, kind: 'copied' });
    } catch {
      ref.current?.select();
      setOutcome({ of: text, kind: 'refused' });
    }
  };
  return (
    <div className="copy">
      <textarea
        ref={ref}
        className="copy__text"
        readOnly
        rows={lines}
        wrap={lines === 1 ? 'off' : 'soft'}
        spellCheck={false}
        aria-label={label}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <button type="button" className="button button--solid copy__button" onClick={() => void copy()}>
        {t(kind === 'copied' ? 'share.copied' : 'share.copy')}
      </button>
      <p className={kind === 'refused' ? 'copy__status' : 'sr-only'} role="status">
        {kind === 'copied' ? t('share.copied') : kind === 'refused' ? t('share.copyFailed') : ''}
      </p>
    </div>
  );
}
