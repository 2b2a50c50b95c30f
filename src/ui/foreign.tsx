/** What somebody else's code or the browser said: English whatever the page speaks, so behind the page's own sentence and in quotes. */
import { foreignLang } from './english';

export const Foreign = ({ words }: { readonly words: string }) => (
  <q className="foreign" lang={foreignLang(words)}>
    {words}
  </q>
);
