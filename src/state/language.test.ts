import { describe, expect, it } from 'vitest';
import { languageFromTags } from './language';

describe('languageFromTags', () => {
  it.each([
    [['zh-Hans-CN', 'en'], 'zh'],
    [['de-DE', 'zh-TW', 'en'], 'zh'],
    [['fr', 'EN-gb'], 'en'],
    [['de'], 'en'],
    [[], 'en'],
  ] as const)('%j gives %s', (tags, language) => expect(languageFromTags(tags)).toBe(language));
});
