/** A question in somebody's own words. */
import { useState } from 'react';
import { OWN_WORDS_MAX, ownWordsOf } from '../state/own-words';
import { useT } from './i18n/use-t';

export interface WordsEntryProps {
  readonly words: string;
  readonly disabled: boolean;
  readonly onWords: (words: string) => void;
}

export function WordsEntry({ words, disabled, onWords }: WordsEntryProps) {
  const t = useT();
  const [text, setText] = useState(words);
  const asked = ownWordsOf(text);
  const isEmpty = asked === '';
  return (
    <form
      className="entry entry--words"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty && !disabled) onWords(asked);
      }}
    >
      <input
        type="text"
        aria-label={t('entry.words')}
        placeholder={t('entry.words.example')}
        maxLength={OWN_WORDS_MAX}
        value={text}
        readOnly={disabled}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" className="button button--solid" aria-disabled={disabled || isEmpty}>
        {t('entry.words.ask')}
      </button>
    </form>
  );
}
