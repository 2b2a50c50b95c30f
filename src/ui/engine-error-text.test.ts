import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { engineErrorData } from '../inference/engine';
import { cancelError, workerCrashError } from '../inference/errors';
import type { Language } from '../state/language';
import { EngineErrorText } from './engine-error-text';
import { English } from './english';
import { MESSAGES } from './i18n/messages';
import { translator } from './i18n/translate';
import { TranslateContext } from './i18n/use-t';
import { MessageWith } from './message-with';

const shown = (language: Language, element: ReactElement): string =>
  renderToStaticMarkup(createElement(TranslateContext, { value: translator(MESSAGES[language]) }, element))
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'");

const errors = [workerCrashError('exit'), cancelError('deadline', 900), new Error('no such thing')].map(
  engineErrorData,
);

describe('why the model could not', () => {
  it.each(errors)('is the engine’s own sentence in English: $code', (error) => {
    expect(shown('en', createElement(EngineErrorText, { error }))).toBe(`<span lang="en">${error.message}</span>`);
  });

  it.each(errors)('is a Chinese sentence before the engine’s own, which is marked as English: $code', (error) => {
    const html = shown('zh', createElement(EngineErrorText, { error }));
    expect(html).toMatch(/^\p{Script=Han}/u);
    expect(html.endsWith(`<span lang="en">${error.message}</span>`)).toBe(true);
  });

  it('stands within a sentence of the page', () => {
    const [error] = errors;
    if (!error) throw new Error('no error');
    const inner = createElement(EngineErrorText, { error });
    const html = shown('zh', createElement(MessageWith, { id: 'settings.status.failed', children: inner }));
    expect(html).toMatch(/^无法加载：\p{Script=Han}/u);
    expect(html.endsWith(`<span lang="en">${error.message}</span>`)).toBe(true);
    expect(html).not.toContain('\u0000');
  });
});

describe('words from elsewhere', () => {
  it.each(['Failed to fetch', 'HTTP 503 — “naïve” 100 %', ''])('%j are taken for English', (words) => {
    expect(shown('zh', createElement(English, { words }))).toBe(`<span lang="en">${words}</span>`);
  });

  it.each(['密钥无效 (401)', 'Ключ неверен'])('%j are not', (words) => {
    expect(shown('zh', createElement(English, { words }))).toBe(`<span>${words}</span>`);
  });
});
