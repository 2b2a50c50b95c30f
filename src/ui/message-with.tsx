/** A message whose `{message}` is a part of the page with a language or a look of its own. */
import type { ReactNode } from 'react';
import type { MessageKey } from './i18n/en';
import { useT } from './i18n/use-t';

/** In no text of ours. */
const HOLE = '\u0000';

export function MessageWith({ id, children }: { readonly id: MessageKey; readonly children: ReactNode }) {
  const t = useT();
  const [before = '', ...after] = t(id, { message: HOLE }).split(HOLE);
  return (
    <>
      {before}
      {after.length > 0 && children}
      {after.join('')}
    </>
  );
}
