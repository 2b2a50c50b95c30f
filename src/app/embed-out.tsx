/** Under an embedded page: the way to the whole one, with the same pair. */
import { urlStateOf } from '../state/selectors';
import { urlWrite } from '../state/url-codec';
import { useT } from '../ui/i18n/use-t';
import { useAppState } from './services';

export function EmbedOut() {
  const t = useT();
  const search = useAppState((state) => urlWrite({ ...urlStateOf(state), isEmbedded: false, hidden: [] }));
  return (
    <a className="embed-out" href={`?${search}`} target="_blank" rel="noopener">
      {t('embed.out')} ↗
    </a>
  );
}
