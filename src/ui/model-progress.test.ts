import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { LoadProgress } from '../inference/engine';
import { en } from './i18n/en';
import { ModelProgress } from './model-progress';

const PROGRESS: LoadProgress = { stage: 'download', receivedBytes: 1e6, totalBytes: 4e6, fromCache: false };
const shown = (progress: LoadProgress): string => renderToStaticMarkup(createElement(ModelProgress, { progress }));

describe('ModelProgress', () => {
  it.each(['outdated', 'damaged'] as const)('says why files are fetched again: %s', (cache) => {
    expect(shown({ ...PROGRESS, cache })).toContain(en[`model.cache.${cache}`]);
  });

  it('says nothing of a cache that was empty or current, or from which all came', () => {
    const notes = [en['model.cache.outdated'], en['model.cache.damaged']];
    for (const progress of [
      { ...PROGRESS, cache: 'empty' },
      { ...PROGRESS, cache: 'current' },
      { ...PROGRESS, cache: 'outdated', fromCache: true },
    ] as const)
      for (const note of notes) expect(shown(progress)).not.toContain(note);
  });
});
