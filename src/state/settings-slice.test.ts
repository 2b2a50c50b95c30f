import { describe, expect, it } from 'vitest';
import { fakeEngineCreate } from '../testing/fake-engine';
import { appStoreCreate } from './app-state';
import type { SettingsSlice } from './settings-slice';
import { STORED_EMPTY, type Stored } from './storage-codec';
import { URL_DEFAULTS, type UrlState } from './url-codec';

function visit(url: Partial<UrlState>, stored: Partial<Stored> = {}): () => SettingsSlice {
  const store = appStoreCreate(
    { engine: fakeEngineCreate(), capture: () => Promise.reject(new Error('no pictures here')), now: () => 0 },
    {
      url: { ...URL_DEFAULTS, ...url },
      issues: [],
      stored: { ...STORED_EMPTY, ...stored },
      systemLanguage: 'en',
      seed: 1,
    },
  );
  return () => store.getState().settings;
}

describe('settings', () => {
  it('follow the address for a visit and keep nothing of it', () => {
    const settings = visit({ language: 'zh', theme: 'projector' });
    expect(settings()).toMatchObject({ language: 'zh', languageChosen: 'zh', theme: 'projector' });
    expect(settings()).toMatchObject({ languageKept: null, themeKept: 'system' });
    settings().tourEnd();
    expect(settings()).toMatchObject({ languageKept: null, themeKept: 'system' });
  });

  it('keep what was kept before, whatever the address asks for', () => {
    const settings = visit({ language: 'zh', theme: 'light' }, { language: 'en', theme: 'dark' });
    expect(settings()).toMatchObject({ language: 'zh', languageKept: 'en', theme: 'light', themeKept: 'dark' });
    expect(visit({}, { language: 'zh' })()).toMatchObject({ language: 'zh', languageChosen: 'zh', languageKept: 'zh' });
  });

  it('keep what the person chooses', () => {
    const settings = visit({ language: 'zh' });
    settings().languageSet('en');
    settings().themeSet('dark');
    expect(settings()).toMatchObject({ language: 'en', languageChosen: 'en', languageKept: 'en', themeKept: 'dark' });
  });

  it('let single keys act until somebody switches them off, then and at the next visit', () => {
    const settings = visit({});
    expect(settings().singleKeys).toBe(true);
    settings().singleKeysSet(false);
    expect(settings().singleKeys).toBe(false);
    expect(visit({}, { singleKeys: false })().singleKeys).toBe(false);
  });
});
