/** A store in Explore, in English, with a fake engine and nothing stored; it draws no pictures. */
import { appStoreCreate } from '../state/app-state';
import { STORED_EMPTY } from '../state/storage-codec';
import { URL_DEFAULTS } from '../state/url-codec';
import { fakeEngineCreate } from './fake-engine';

export const exploreStoreCreate = (): ReturnType<typeof appStoreCreate> =>
  appStoreCreate(
    { engine: fakeEngineCreate(), capture: () => Promise.reject(new Error('no pictures here')), now: () => 0 },
    {
      url: { ...URL_DEFAULTS, mode: 'explore', seed: 7 },
      issues: [],
      stored: STORED_EMPTY,
      systemLanguage: 'en',
      seed: null,
    },
  );
