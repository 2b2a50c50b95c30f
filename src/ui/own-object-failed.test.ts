import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { MESSAGES } from './i18n/messages';
import { translator } from './i18n/translate';
import { TranslateContext } from './i18n/use-t';
import OwnObjectFailed from './own-object-failed';
import { NoticeBar } from './notice-bar';

const QUOTE = 'Decoding failed: Not a Draco file.';
const zh = (element: React.ReactNode): string =>
  renderToStaticMarkup(createElement(TranslateContext, { value: translator(MESSAGES.zh) }, element));
const nothing = (): void => undefined;

it('says what is wrong in the page’s language, and quotes the loader behind it as English', () => {
  const failed = (quote?: string): string => {
    const problem = {
      code: 'broken',
      file: 'a.glb',
      reason: 'content-draco',
      values: {},
      ...(quote && { quote }),
    } as const;
    const handlers = { onContinue: null, onAgain: nothing, onClose: nothing };
    return zh(createElement(OwnObjectFailed, { problem, language: 'zh', ...handlers }));
  };
  expect(failed(QUOTE)).toMatch(/无法解压.*<q[^>]* lang="en">Decoding failed: Not a Draco file\.<\/q>/);
  expect(failed()).not.toContain('lang="en"');
});

it('does so in notices, too', () => {
  const notice = (quote: string | null): string =>
    zh(createElement(NoticeBar, { text: '无法读取物体“car”的文件。', quote, onDismiss: nothing }));
  expect(notice(QUOTE)).toMatch(/的文件。 <q[^>]* lang="en">Decoding/);
  expect(notice(null)).not.toContain('lang="en"');
});
