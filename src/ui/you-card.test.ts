import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LEVEL_START, RUN_START } from '../state/guess-level';
import { en } from './i18n/en';
import { MESSAGES } from './i18n/messages';
import { translator } from './i18n/translate';
import { TranslateContext } from './i18n/use-t';
import { YouCard, type YouCardProps } from './you-card';

const shown = (hasKeys: boolean, hasMenu: boolean, t = translator(en), props: Partial<YouCardProps> = {}): string => {
  const card = createElement(YouCard, {
    question: 'vertical',
    answer: null,
    verdict: null,
    answerMs: null,
    mode: 'guess',
    score: { correct: 0, total: 0 },
    hardest: null,
    gaveUp: false,
    uncounted: null,
    tookBack: false,
    run: { ...RUN_START, level: LEVEL_START },
    levelNext: LEVEL_START,
    hasKeys,
    hasMenu,
    onReset: () => undefined,
    welcome: null,
    ...props,
  });
  return renderToStaticMarkup(createElement(TranslateContext, { value: t }, card));
};

describe('the person’s card before the answer', () => {
  it('says that number keys answer, and where they are switched off', () => {
    expect(shown(true, true)).toContain(en['you.keys.menu']);
    expect(shown(false, true)).toContain(en['you.keys.off']);
  });

  it('has no space between Chinese sentences', () => {
    const { zh } = MESSAGES;
    expect(shown(true, true, translator(zh))).toContain(`${zh['you.hint']}${zh['you.keys.menu']}`);
  });

  it('does not speak of a menu that an address left out', () => {
    expect(shown(true, false)).toContain(en['you.keys']);
    expect(shown(true, false)).not.toContain('menu');
    expect(shown(false, false)).not.toMatch(/number keys|menu/i);
  });
});

describe('what does not count', () => {
  it.each(['en', 'zh'] as const)('is said before the answer and after it, in %s', (language) => {
    const messages = MESSAGES[language];
    const repeat = { uncounted: 'repeat', tookBack: true } as const;
    const answered = { ...repeat, answer: 'higher', verdict: { kind: 'correct' } } as const;
    for (const props of [repeat, answered]) {
      const text = shown(true, true, translator(messages), props);
      expect(text).toContain(messages['you.repeat']);
      expect(text).toContain(messages['you.tookBack']);
    }
    expect(shown(true, true, translator(messages))).not.toContain(messages['you.repeat']);
  });
});
