import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LEVEL_START, RUN_START } from '../state/guess-level';
import { en } from './i18n/en';
import { YouCard } from './you-card';

const shown = (hasKeys: boolean, hasMenu: boolean): string =>
  renderToStaticMarkup(
    createElement(YouCard, {
      question: 'vertical',
      answer: null,
      verdict: null,
      answerMs: null,
      mode: 'guess',
      score: { correct: 0, total: 0 },
      hardest: null,
      counted: true,
      run: { ...RUN_START, level: LEVEL_START },
      levelNext: LEVEL_START,
      hasKeys,
      hasMenu,
      onReset: () => undefined,
      welcome: null,
    }),
  );

describe('the person’s card before the answer', () => {
  it('says that number keys answer, and where they are switched off', () => {
    expect(shown(true, true)).toContain(en['you.keys.menu']);
    expect(shown(false, true)).toContain(en['you.keys.off']);
  });

  it('does not speak of a menu that an address left out', () => {
    expect(shown(true, false)).toContain(en['you.keys']);
    expect(shown(true, false)).not.toContain('menu');
    expect(shown(false, false)).not.toMatch(/number keys|menu/i);
  });
});
