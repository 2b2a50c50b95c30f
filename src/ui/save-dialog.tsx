/** Saves the two views as pictures of a chosen size, or the pair as an item. */
import { useId, useState } from 'react';
import { Dialog } from './dialog';
import { useT } from './i18n/use-t';
import { MessageWith } from './message-with';
import { SaveErrorText } from './save-error-text';

/** Why there is no item to save: it would give the answer away, the pair has none, or no pair has one to such a question. */
export type NoItem = 'hidden' | 'ungraded' | 'family';

export interface SaveDialogProps {
  /** Null: an item can be saved. */
  readonly noItem: NoItem | null;
  /** Each gives the name of the file that it saved, or rejects with a SaveError where it knows why not. */
  readonly onPicture: (view: 'a' | 'b', sizePx: number) => Promise<string>;
  readonly onItem: (sizePx: number) => Promise<string>;
  readonly onClose: () => void;
}

const SIZES_PX = [128, 256, 512, 1024, 2048] as const;
const SIZE_START_PX = 1024;

type Outcome =
  | { readonly kind: 'none' | 'working' }
  | { readonly kind: 'done'; readonly file: string }
  | { readonly kind: 'failed'; readonly error: unknown };

export function SaveDialog({ noItem, onPicture, onItem, onClose }: SaveDialogProps) {
  const t = useT();
  const noItemId = useId();
  const [sizePx, setSizePx] = useState<number>(SIZE_START_PX);
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const isWorking = outcome.kind === 'working';
  const run = (save: Promise<string>): void => {
    setOutcome({ kind: 'working' });
    save.then(
      (file) => setOutcome({ kind: 'done', file }),
      (error: unknown) => setOutcome({ kind: 'failed', error }),
    );
  };
  return (
    <Dialog title={t('save.title')} onClose={onClose}>
      <section className="dialog__part">
        <label className="choice">
          <span className="choice__label">{t('save.size')}</span>
          <select value={sizePx} onChange={(event) => setSizePx(Number(event.currentTarget.value))}>
            {SIZES_PX.map((size) => (
              <option key={size} value={size}>
                {t('save.size.px', { size })}
              </option>
            ))}
          </select>
        </label>
        <div className="dialog__row">
          {(['a', 'b'] as const).map((view) => (
            <button
              key={view}
              type="button"
              className="button"
              aria-disabled={isWorking}
              onClick={() => {
                if (!isWorking) run(onPicture(view, sizePx));
              }}
            >
              {t('save.picture', { letter: view.toUpperCase() })}
            </button>
          ))}
        </div>
        <p className="dialog__text">{t('save.pictures.text')}</p>
      </section>
      <section className="dialog__part">
        <h3>{t('save.item')}</h3>
        <p className="dialog__text">{t('save.item.text')}</p>
        <div className="dialog__row">
          <button
            type="button"
            className="button"
            disabled={noItem !== null}
            aria-disabled={isWorking}
            aria-describedby={noItem ? noItemId : undefined}
            onClick={() => {
              if (!isWorking) run(onItem(sizePx));
            }}
          >
            {t('save.item.save')}
          </button>
          {noItem && (
            <p id={noItemId} className="save__why">
              {t(`save.item.${noItem}`)}
            </p>
          )}
        </div>
      </section>
      <p className="save__outcome" role="status" data-kind={outcome.kind}>
        {outcome.kind === 'working' && t('save.working')}
        {outcome.kind === 'done' && t('save.done', { file: outcome.file })}
        {outcome.kind === 'failed' && (
          <MessageWith id="save.failed">
            <SaveErrorText error={outcome.error} />
          </MessageWith>
        )}
      </p>
    </Dialog>
  );
}
