/** A mesh of a person's own that was refused: what is wrong with which file, and what to do. Loaded with the first refusal. */
import type { Language } from '../state/language';
import type { MeshProblem } from '../state/mesh-problem';
import { Foreign } from './foreign';
import { useT } from './i18n/use-t';
import { meshProblemText } from './mesh-problem-text';

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export interface OwnObjectFailedProps {
  readonly problem: MeshProblem;
  readonly language: Language;
  /** Null: the mesh cannot be shown without what is missing. */
  readonly onContinue: (() => void) | null;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

export default function OwnObjectFailed(props: OwnObjectFailedProps) {
  const { problem, language, onContinue, onAgain, onClose } = props;
  const t = useT();
  return (
    <>
      <div className="own__failed" role="alert">
        <h3>{t(`own.error.${problem.code}`, { file: nameOf(problem.file) })}</h3>
        <p>{meshProblemText(language, problem)}</p>
        {problem.quote && <Foreign words={problem.quote} />}
        <p className="dialog__text">{t('own.failed.kept')}</p>
      </div>
      <div className="dialog__row own__end">
        <button type="button" className="button button--quiet" onClick={onClose}>
          {t('own.cancel')}
        </button>
        {onContinue && (
          <button type="button" className="button" onClick={onContinue}>
            {t('own.failed.continue')}
          </button>
        )}
        <button type="button" className="button button--solid" onClick={onAgain}>
          {t('own.failed.again')}
        </button>
      </div>
    </>
  );
}
