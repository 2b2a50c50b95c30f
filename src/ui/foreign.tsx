/** What somebody else's code or the browser said: English whatever the page speaks, so behind the page's own sentence and in quotes. */
export const Foreign = ({ words }: { readonly words: string }) => (
  <q className="foreign" lang="en">
    {words}
  </q>
);
