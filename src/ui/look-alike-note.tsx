/** Said of a pair that nobody can tell: the second picture beside the one that looks the same and means another answer. */
import type { PageFamilyId } from '../questions/page-families';
import { useT } from './i18n/use-t';
import { optionText } from './option-text';

export interface LookAlikeView {
  /** Whether the whole picture looks the same, or only the object in it. */
  readonly what: 'picture' | 'object';
  /** The answer that would be right from the other place. */
  readonly otherKey: string;
  readonly bUrl: string;
  readonly otherUrl: string;
}

/** Under way, ended without one, or what it found. */
export type LookAlikeSearch = 'searching' | 'none' | LookAlikeView;

export interface LookAlikeNoteProps {
  readonly question: PageFamilyId;
  readonly lookAlike: LookAlikeView;
}

export function LookAlikeNote({ question, lookAlike }: LookAlikeNoteProps) {
  const t = useT();
  const { what, otherKey, bUrl, otherUrl } = lookAlike;
  const title = t(`alike.${what}`);
  const pictures = [
    { url: bUrl, name: t('alike.b') },
    { url: otherUrl, name: t('alike.other') },
  ];
  return (
    <section className="alike" role="status" aria-label={title}>
      <p className="alike__title">{title}</p>
      <p className="card__text">{t(`alike.${what}.text`, { answer: optionText(t, question, otherKey) })}</p>
      <div className="alike__pictures">
        {pictures.map(({ url, name }) => (
          <figure key={name}>
            <img src={url} alt={name} width={96} height={96} />
            <figcaption>{name}</figcaption>
          </figure>
        ))}
      </div>
    </section>
  );
}
