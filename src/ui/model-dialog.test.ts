import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { ModelSource, ModelStatus } from '../state/model-slice';
import { en } from './i18n/en';
import { ModelDialog } from './model-dialog';

const READY: ModelStatus = {
  kind: 'ready',
  model: {
    modelId: 'some',
    modelName: 'Some',
    imageSizePx: 8,
    totalBytes: 1,
    device: { backend: 'wasm', threads: 1, adapter: '', fallbackReason: '' },
  },
};

const shown = (source: ModelSource, status: ModelStatus): string => {
  const nothing = (): undefined => undefined;
  return renderToStaticMarkup(
    createElement(ModelDialog, {
      source,
      status,
      kept: null,
      note: 'clear.done',
      redownloadError: null,
      trial: { kind: 'none' },
      onLoad: nothing,
      onLoadStop: nothing,
      onPersist: nothing,
      onRedownload: nothing,
      onClear: nothing,
      onChoose: nothing,
      onStop: nothing,
      onClose: nothing,
    }),
  );
};

it.each<[string, ModelSource, ModelStatus, boolean]>([
  ['the page’s own model', { kind: 'own' }, READY, true],
  ['a model that is not loaded', { kind: 'own' }, { kind: 'idle' }, false],
  ['an endpoint', { kind: 'remote', host: 'host' }, READY, false],
])('says what deleting the kept files means for %s', (_who, source, status, answersOn) => {
  const html = shown(source, status);
  expect(html).toContain(en[answersOn ? 'settings.clear.done' : 'settings.clear.idle']);
  expect(html).not.toContain(en[answersOn ? 'settings.clear.idle' : 'settings.clear.done']);
});
