import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PairTools } from './pair-tools';

const nothing = (): void => undefined;

const shown = (canUndo: boolean, canRedo: boolean): string =>
  renderToStaticMarkup(
    createElement(PairTools, {
      canUndo,
      canRedo,
      onUndo: nothing,
      onRedo: nothing,
      onReset: nothing,
      onSwap: nothing,
      onCopyAB: nothing,
      onCopyBA: nothing,
    }),
  );

describe('the tools for both cameras', () => {
  it('are a group with a name, whatever they stand in', () => {
    expect(shown(true, true)).toContain('role="group" aria-label="Tools for the two cameras"');
  });

  it('stay focusable when there is nothing to step to', () => {
    const html = shown(false, true);
    expect(html).toMatch(/aria-label="Undo[^>]*aria-disabled="true"/);
    expect(html).toMatch(/aria-label="Redo[^>]*aria-disabled="false"/);
    expect(html).not.toMatch(/\sdisabled/);
  });
});
