import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { pageOptions } from '../questions/page-families';
import { AnswerButtons, type AnswerButtonsProps } from './answer-buttons';

const shown = (hasKeys: boolean, props: Partial<AnswerButtonsProps> = {}): string =>
  renderToStaticMarkup(
    createElement(AnswerButtons, {
      question: 'vertical',
      options: pageOptions('vertical', null, ''),
      answer: null,
      trueKey: null,
      locked: false,
      disabled: false,
      hasKeys,
      onAnswer: () => undefined,
      ...props,
    }),
  );

describe('the answers', () => {
  it('name their keys, to the eye and to screen readers', () => {
    const html = shown(true);
    expect([...html.matchAll(/aria-keyshortcuts="(\d)"/g)].map(([, key]) => key)).toEqual(['1', '2', '3']);
    expect(html.match(/<kbd/g)).toHaveLength(3);
  });

  it('name none while single keys are switched off', () => {
    expect(shown(false)).not.toMatch(/aria-keyshortcuts|<kbd/);
    expect(shown(false).match(/<button/g)).toHaveLength(3);
  });

  it.each(['locked', 'disabled'])('can have the focus while they are %s, and say that they take nothing', (why) => {
    const html = shown(true, { [why]: true });
    expect(html.match(/aria-disabled="true"/g)).toHaveLength(3);
    expect(html).not.toMatch(/ disabled/);
  });
});
