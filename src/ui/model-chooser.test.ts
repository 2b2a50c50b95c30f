import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ModelTrial } from './model-choice';
import { ModelChooser } from './model-chooser';

const shown = (trial: ModelTrial): string =>
  renderToStaticMarkup(
    createElement(ModelChooser, {
      current: 'remote',
      isOwnInUse: false,
      trial,
      onChoose: () => undefined,
      onStop: () => undefined,
    }),
  );

it('takes the focus from nobody who has chosen a model, and says that it takes no other one meanwhile', () => {
  const html = shown({ kind: 'loading', progress: null });
  // The kinds, and both ways to choose.
  expect(html.match(/aria-disabled="true"/g)).toHaveLength(3);
  expect(html).not.toMatch(/ disabled/);
  expect(shown({ kind: 'none' })).not.toContain('aria-disabled="true"');
});
