import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { HeaderMenu } from './header-menu';
import { en } from './i18n/en';

const shown = (singleKeys: boolean): string =>
  renderToStaticMarkup(
    createElement(HeaderMenu, {
      language: 'en',
      theme: 'system',
      singleKeys,
      entries: [],
      onLanguage: () => undefined,
      onTheme: () => undefined,
      onSingleKeys: () => undefined,
    }),
  );

describe('the menu', () => {
  it('has a switch for single keys, with its name', () => {
    expect(shown(true)).toMatch(
      new RegExp(`<label[^>]*><input type="checkbox" checked=""/>${en['menu.keys']}</label>`),
    );
    expect(shown(false)).toMatch(new RegExp(`<label[^>]*><input type="checkbox"/>${en['menu.keys']}</label>`));
  });
});
