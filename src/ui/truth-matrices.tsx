/** The relative pose as matrices, in the two conventions that people paste into their own tools, and as JSON to copy. */
import type { Mat3 } from '../core/mat3';
import type { RelativePose } from '../core/relative-pose';
import type { Vec3 } from '../core/vec3';
import { poseJson } from '../state/pose-json';
import { formatSigned } from './format';
import { useT } from './i18n/use-t';
import { useCopy } from './use-copy';

export interface TruthMatricesProps {
  readonly relative: RelativePose;
}

export function TruthMatrices({ relative }: TruthMatricesProps) {
  const t = useT();
  return (
    <details className="fold">
      <summary>{t('truth.matrices')}</summary>
      <p className="card__text">{t('truth.matrices.cv')}</p>
      <Matrix rotation={relative.rotationCameraA} translation={relative.translationCameraA} />
      <p className="card__text">{t('truth.matrices.three')}</p>
      <Matrix rotation={relative.rotationCameraAThree} translation={relative.translationCameraAThree} />
      <CopyPose json={poseJson(relative)} />
    </details>
  );
}

function Matrix({ rotation, translation }: { readonly rotation: Mat3; readonly translation: Vec3 }) {
  const rows = rotation.map((row, index) => [...row, translation[index] as number]);
  return (
    <pre className="matrix">
      {rows.map((row) => row.map((value) => formatSigned(value, 3).padStart(6)).join('  ')).join('\n')}
    </pre>
  );
}

/** Where the clipboard is refused, the text itself is offered. */
function CopyPose({ json }: { readonly json: string }) {
  const t = useT();
  const { outcome, copy } = useCopy(json);
  return (
    <>
      <p className="row">
        <button type="button" className="button" onClick={copy}>
          {t('truth.copy')}
        </button>
        <span className="card__text" role="status">
          {outcome !== 'none' && t(outcome === 'copied' ? 'truth.copied' : 'truth.copyFailed')}
        </span>
      </p>
      {outcome === 'refused' && (
        <textarea className="matrix" readOnly rows={8} aria-label={t('truth.copy')} value={json} />
      )}
    </>
  );
}
