import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LEVEL_START } from '../state/guess-level';
import { MESSAGES } from './i18n/messages';
import { translator } from './i18n/translate';
import { TranslateContext } from './i18n/use-t';
import { PairsDialog, type PairsDialogProps } from './pairs-dialog';

const zh = translator(MESSAGES.zh);

const shown = (card: PairsDialogProps['card'], t = translator(MESSAGES.en)): string =>
  renderToStaticMarkup(
    createElement(
      TranslateContext,
      { value: t },
      createElement(PairsDialog, {
        question: 'facing',
        objectName: 'vase',
        seed: 1,
        level: LEVEL_START,
        card,
        onLevel: () => undefined,
        onDeal: () => undefined,
        onClose: () => undefined,
      }),
    ),
  );

describe('how balanced the pairs are', () => {
  it('says why nothing is counted', () => {
    expect(shown('loading')).toContain('Loading the vase');
    expect(shown('failed')).toContain('The vase could not be loaded');
    expect(shown('no-front')).toContain('no marked front');
    expect(shown('own-words')).toContain('own words');
  });

  it('says it in Chinese without a space between sentences', () => {
    const card = { n: 4, answers: [{ key: 'front', count: 4 }], bestConstantShare: 1 };
    const text = zh('pairs.card.text', { family: zh('family.facing'), object: 'vase', n: 4 });
    expect(shown(card, zh)).toContain(`${text}始终`);
  });
});
