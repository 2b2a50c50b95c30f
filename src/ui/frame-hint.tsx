/** Before the answer, in the place of the overview: what left and right mean in this question. The same drawing for every pair. */
import type { PageFamilyId } from '../questions/page-families';
import { useT } from './i18n/use-t';

export interface FrameHintProps {
  readonly question: PageFamilyId;
}

/** Questions without a left and a right as camera A sees them. */
const SIDELESS: ReadonlySet<PageFamilyId> = new Set(['vertical', 'distance', 'facing', 'free']);

export function FrameHint({ question }: FrameHintProps) {
  const t = useT();
  const isTurn = question === 'ego-rotation' || question === 'magnitude';
  const hasSides = !SIDELESS.has(question);
  const isObject = question === 'object-translation';
  const [first, second] = isObject ? (['right', 'left'] as const) : (['left', 'right'] as const);
  return (
    <section className="side hint" aria-labelledby="hint-title">
      <header className="card__head">
        <h2 id="hint-title">{t('frame.title')}</h2>
      </header>
      <svg className="hint__drawing" viewBox="0 0 240 220" aria-hidden="true">
        <circle cx="120" cy="70" r="62" className="hint__ring" />
        <rect x="98" y="48" width="44" height="44" rx="12" className="hint__object" />
        {isObject && <path d="M110 92l10 14 10-14z" className="hint__face" />}
        <path d="M120 150L92 108h56z" className="hint__cone" />
        <circle cx="120" cy="158" r="15" className="hint__camera" />
        <text x="120" y="164" className="hint__letter">
          A
        </text>
        {hasSides && <Sides isTurn={isTurn} first={t(`frame.${first}`)} second={t(`frame.${second}`)} />}
        <text x="120" y="196" className="hint__small">
          {t('frame.camera')}
        </text>
        <marker id="hint-head" viewBox="0 0 10 10" refX="7" refY="5" markerWidth="8" markerHeight="8" orient="auto">
          <path d="M1 1l7 4-7 4" className="hint__head" />
        </marker>
      </svg>
      <p className="hint__text">{t(`frame.${question}`)}</p>
      <p className="card__text hint__later">{t('frame.later')}</p>
    </section>
  );
}

interface SidesProps {
  readonly isTurn: boolean;
  /** What the arrow to the left, and the one to the right, are called. */
  readonly first: string;
  readonly second: string;
}

function Sides({ isTurn, first, second }: SidesProps) {
  return (
    <>
      {isTurn ? (
        <>
          <path d="M86 100C72 104 63 114 60 128" className="hint__arrow" markerEnd="url(#hint-head)" />
          <path d="M154 100C168 104 177 114 180 128" className="hint__arrow" markerEnd="url(#hint-head)" />
        </>
      ) : (
        <>
          <path d="M98 160C76 156 64 146 54 132" className="hint__arrow" markerEnd="url(#hint-head)" />
          <path d="M142 160c22-4 34-14 44-28" className="hint__arrow" markerEnd="url(#hint-head)" />
        </>
      )}
      <text x="44" y={isTurn ? 150 : 118} className="hint__word">
        {first}
      </text>
      <text x="196" y={isTurn ? 150 : 118} className="hint__word">
        {second}
      </text>
    </>
  );
}
