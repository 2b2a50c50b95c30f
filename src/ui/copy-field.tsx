/** A text to copy, with its button. Where the browser refuses the clipboard, the text is selected instead. */
import { useRef } from 'react';
import { useT } from './i18n/use-t';
import { useCopy } from './use-copy';

export interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  /** @default 1 */
  readonly lines?: number;
}

export function CopyField({ label, text, lines = 1 }: CopyFieldProps) {
  const t = useT();
  const ref = useRef<HTMLTextAreaElement>(null);
  const { outcome, copy } = useCopy(text, () => ref.current?.select());
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
      <button type="button" className="button button--solid copy__button" onClick={copy}>
        {t(outcome === 'copied' ? 'share.copied' : 'share.copy')}
      </button>
      <p className={outcome === 'refused' ? 'copy__status' : 'sr-only'} role="status">
        {outcome === 'copied' ? t('share.copied') : outcome === 'refused' ? t('share.copyFailed') : ''}
      </p>
    </div>
  );
}
