/** A folder from the person's own disk: the browser's own dialog behind a button of the page. */
import { useId, useRef } from 'react';
import { useT } from './i18n/use-t';

export interface FolderFieldProps {
  readonly files: readonly File[];
  readonly problem: string | null;
  readonly onFiles: (files: readonly File[]) => void;
}

const folderName = (files: readonly File[]): string => files[0]?.webkitRelativePath.split('/')[0] || '…';

export function FolderField({ files, problem, onFiles }: FolderFieldProps) {
  const t = useT();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="form-field">
      <input
        ref={(element) => {
          input.current = element;
          // React's types know no such attribute.
          element?.setAttribute('webkitdirectory', '');
        }}
        id={id}
        className="sr-only"
        type="file"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])];
          if (chosen.length > 0) onFiles(chosen);
          // The same folder may be chosen again.
          event.currentTarget.value = '';
        }}
      />
      <div className="dialog__row">
        <button
          type="button"
          className="button"
          aria-describedby={problem ? `${id}-problem` : undefined}
          onClick={() => input.current?.click()}
        >
          {t('choose.folder.pick')}
        </button>
        {files.length > 0 && (
          <span className="dialog__text" role="status">
            {t('choose.folder.picked', { name: folderName(files), count: files.length })}
          </span>
        )}
      </div>
      {problem && (
        <p className="form-field__problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
