/**
 * Under a page without a header, an embedded one among them: its language, the switch for keys that work alone (speech input and unsteady
 * hands press them unasked, WCAG 2.1.4), and the way to the whole page with the same pair.
 */
import { urlStateOf } from '../state/selectors';
import { urlWrite } from '../state/url-codec';
import { useT } from '../ui/i18n/use-t';
import { LanguageToggle } from '../ui/language-toggle';
import { SingleKeysCheck } from '../ui/single-keys-check';
import { useAppState, useServices } from './services';

export function EmbedFoot() {
  const t = useT();
  const { store } = useServices();
  const search = useAppState((state) => urlWrite({ ...urlStateOf(state), isEmbedded: false, hidden: [] }));
  const language = useAppState(({ settings }) => settings.language);
  const singleKeys = useAppState(({ settings }) => settings.singleKeys);
  return (
    <footer className="embed-foot">
      <a href={`?${search}`} target="_blank" rel="noopener">
        {t('embed.out')} ↗
      </a>
      <SingleKeysCheck checked={singleKeys} onChange={(next) => store.getState().settings.singleKeysSet(next)} />
      <LanguageToggle language={language} onLanguage={(next) => store.getState().settings.languageSet(next)} />
    </footer>
  );
}
