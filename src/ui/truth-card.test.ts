import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { en } from './i18n/en';
import { TruthCard } from './truth-card';

const shown = (isWaiting: boolean): string =>
  renderToStaticMarkup(
    createElement(TruthCard, {
      question: 'ego-translation',
      truth: null,
      isWaiting,
      onGiveUp: () => undefined,
      why: [],
      lookAlike: null,
      onFigure: () => undefined,
    }),
  );

it('keeps nothing back, and offers nothing, where there is no object yet', () => {
  expect(shown(true)).toContain(en['truth.waits']);
  expect(shown(true)).not.toMatch(new RegExp(`${en['truth.hidden']}|<button`));
  expect(shown(false)).toContain(en['truth.hidden']);
});
