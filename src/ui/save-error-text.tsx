/** Why nothing was saved, in the page's language; of errors that it does not know, what the browser says. */
import { English } from './english';
import { useT } from './i18n/use-t';
import { MessageWith } from './message-with';
import { SaveError } from './save-error';

export function SaveErrorText({ error }: { readonly error: unknown }) {
  const t = useT();
  if (error instanceof SaveError) return t(`save.error.${error.code}`);
  return (
    <MessageWith id="save.error.other">
      <English words={error instanceof Error ? error.message : String(error)} />
    </MessageWith>
  );
}
