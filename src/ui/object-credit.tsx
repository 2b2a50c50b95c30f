/** Who made an object and on what terms; where it is from, if that is an address. */
import { useT } from './i18n/use-t';
import type { ObjectChoice } from './object-choice';

/** A path in the repository leads nowhere on a page. */
const isAddress = (source: string): boolean => /^https:\/\//.test(source);

export function ObjectCreditLine({ object }: { readonly object: ObjectChoice | null }) {
  const t = useT();
  if (!object?.credit) return null;
  const { author, license, source } = object.credit;
  return (
    <p className="objects__credit">
      {t('objects.credit', { name: object.name, author, license })}{' '}
      {isAddress(source) && (
        <a href={source} target="_blank" rel="noreferrer">
          {t('objects.credit.source')}
        </a>
      )}
    </p>
  );
}
