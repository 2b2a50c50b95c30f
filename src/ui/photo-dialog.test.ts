import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { en } from './i18n/en';
import { PhotoDialog } from './photo-dialog';

const shown = (isAnswerOnly: boolean): string => {
  const nothing = (): undefined => undefined;
  const options = [
    { key: 'left', probability: 1 },
    { key: 'right', probability: 0 },
  ];
  return renderToStaticMarkup(
    createElement(PhotoDialog, {
      slots: [],
      photos: [],
      family: 'ego-translation',
      modelName: 'Some',
      remoteHost: 'host',
      answer: {
        kind: 'answered',
        family: 'ego-translation',
        scores: { options, best: 'left', durationMs: 900, isAnswerOnly },
        modelName: 'Some',
      },
      onFile: nothing,
      onShift: nothing,
      onCameraOpen: nothing,
      onCameraTake: nothing,
      onCameraClose: nothing,
      onFamily: nothing,
      onAsk: nothing,
      onStop: nothing,
      onClose: nothing,
    }),
  );
};

it('says where a share of all is only the name of an answer', () => {
  expect(shown(true)).toContain(en['model.answerOnly']);
  expect(shown(false)).not.toContain(en['model.answerOnly']);
});
