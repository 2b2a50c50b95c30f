/**
 * Words within the page's own that came from elsewhere: an engine, the browser, a model. They are English whatever the page speaks, and marked
 * so, for voices and fonts to follow (WCAG 3.1.2).
 */

/** Latin letters, digits, signs; a remote model or endpoint may also speak its reader's language. */
const LATIN_ONLY = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;

/** For an element's `lang`: nothing where the words are not in Latin letters. */
export const foreignLang = (words: string): 'en' | undefined => (LATIN_ONLY.test(words) ? 'en' : undefined);

export const English = ({ words }: { readonly words: string }) => <span lang={foreignLang(words)}>{words}</span>;
