/** The form with which another model takes over: where it is, and what is needed to reach it. */
import { useState, type SyntheticEvent } from 'react';
import type { ModelSeat } from '../state/model-slice';
import { FolderField } from './folder-field';
import { FormField } from './form-field';
import { useT } from './i18n/use-t';
import {
  CHOICE_KINDS,
  choiceProblem,
  type ChoiceField,
  type ChoiceKind,
  type ModelChoice,
  type ModelTrial,
} from './model-choice';
import { ModelTrialNote } from './model-trial-note';

export interface ModelChooserProps {
  /** Where the model that answers now comes from. */
  readonly current: ChoiceKind;
  /** The page's own model answers or loads already. */
  readonly isOwnInUse: boolean;
  readonly trial: ModelTrial;
  readonly onChoose: (choice: ModelChoice, seat: ModelSeat) => void;
  readonly onStop: () => void;
}

const NOTHING = { url: '', baseUrl: '', model: '', apiKey: '' };

export function ModelChooser({ current, isOwnInUse, trial, onChoose, onStop }: ModelChooserProps) {
  const t = useT();
  const [kind, setKind] = useState<ChoiceKind>(current);
  const [texts, setTexts] = useState(NOTHING);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [isTried, setTried] = useState(false);

  const trimmed = { url: texts.url.trim(), baseUrl: texts.baseUrl.trim(), model: texts.model.trim() };
  const choices: Readonly<Record<ChoiceKind, ModelChoice>> = {
    own: { kind: 'own' },
    folder: { kind: 'folder', files },
    url: { kind: 'url', url: trimmed.url },
    remote: { kind: 'remote', baseUrl: trimmed.baseUrl, model: trimmed.model, apiKey: texts.apiKey.trim() },
  };
  const problem = choiceProblem(choices[kind]);
  const problemOf = (field: ChoiceField): string | null =>
    isTried && problem?.field === field ? t(problem.key, { value: problem.value }) : null;
  const field = (name: keyof typeof NOTHING) => ({
    value: texts[name],
    onText: (text: string) => setTexts({ ...texts, [name]: text }),
    autoComplete: 'off',
    spellCheck: false,
  });
  const isBusy = trial.kind === 'loading';
  const isInUse = kind === 'own' && isOwnInUse;
  /** Said to assistive technology only: a button that is switched off would lose the focus of whoever has just pressed it. */
  const isClosed = isBusy || isInUse;

  const submit = (event: SyntheticEvent, seat: ModelSeat): void => {
    event.preventDefault();
    if (isClosed) return;
    setTried(problem !== null);
    if (problem === null) onChoose(choices[kind], seat);
  };

  return (
    <form className="dialog__part" onSubmit={(event) => submit(event, 'model')} noValidate>
      <h3>{t('choose.title')}</h3>
      <fieldset className="choices" aria-disabled={isBusy}>
        <legend className="sr-only">{t('choose.kind')}</legend>
        {CHOICE_KINDS.map((id) => (
          <label key={id} className="choices__item">
            <input
              type="radio"
              name="model-kind"
              value={id}
              checked={kind === id}
              onChange={() => {
                if (isBusy) return;
                setKind(id);
                setTried(false);
              }}
            />
            {t(`choose.${id}`)}
          </label>
        ))}
      </fieldset>
      <p className="dialog__text">{t(`choose.${kind}.hint`)}</p>
      {kind === 'folder' && <FolderField files={files} problem={problemOf('files')} onFiles={setFiles} />}
      {kind === 'url' && (
        <FormField
          {...field('url')}
          label={t('choose.url.field')}
          type="url"
          inputMode="url"
          placeholder="https://…/model/"
          problem={problemOf('url')}
        />
      )}
      {kind === 'remote' && (
        <>
          <FormField
            {...field('baseUrl')}
            label={t('choose.remote.url')}
            type="url"
            inputMode="url"
            placeholder="https://…/v1"
            problem={problemOf('baseUrl')}
          />
          <FormField {...field('model')} label={t('choose.remote.model')} problem={problemOf('model')} />
          <FormField
            {...field('apiKey')}
            label={t('choose.remote.key')}
            type="password"
            hint={t('choose.remote.key.hint')}
            problem={null}
          />
          <p className="dialog__text">{t('choose.remote.rest')}</p>
        </>
      )}
      <div className="dialog__row">
        <button type="submit" className="button button--solid" aria-disabled={isClosed}>
          {t('choose.use')}
        </button>
        <button type="button" className="button" aria-disabled={isClosed} onClick={(event) => submit(event, 'rival')}>
          {t('choose.beside')}
        </button>
        {isInUse && <span className="dialog__text">{t('choose.inUse')}</span>}
        {isBusy && (
          <button type="button" className="button" onClick={onStop}>
            {t('choose.stop')}
          </button>
        )}
      </div>
      <ModelTrialNote trial={trial} />
    </form>
  );
}
