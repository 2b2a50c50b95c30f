/** The page's store: nested slices over one zustand store, with everything impure handed in. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { InferenceEngine, PairPixels } from '../inference/engine';
import type { Language } from './language';
import { guessSlice, type GuessSlice } from './guess-slice';
import { modelSlice, type ModelSlice } from './model-slice';
import type { Pair } from './pair';
import { questionSlice, type QuestionSlice } from './question-slice';
import { settingsSlice, type SettingsSlice } from './settings-slice';
import type { Stored } from './storage-codec';
import type { UrlIssue, UrlState } from './url-codec';
import { viewSlice, type ViewSlice } from './view-slice';

export interface AppState {
  readonly view: ViewSlice;
  readonly guess: GuessSlice;
  readonly question: QuestionSlice;
  readonly model: ModelSlice;
  /** A second model beside the first; its seat is empty while its status is idle. */
  readonly rival: ModelSlice;
  readonly settings: SettingsSlice;
}

export interface AppDeps {
  readonly engine: InferenceEngine;
  /** The two pictures of a pair as the model sees them. */
  readonly capture: (pair: Pair, sizePx: number) => Promise<PairPixels>;
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
}

export interface AppStart {
  readonly url: UrlState;
  readonly issues: readonly UrlIssue[];
  readonly stored: Stored;
  /** The browser's language, as far as the page speaks it. */
  readonly systemLanguage: Language;
  /** Used when the address names no seed. */
  readonly seed: number | null;
}

export interface SliceContext {
  readonly set: StoreApi<AppState>['setState'];
  readonly get: StoreApi<AppState>['getState'];
  readonly deps: AppDeps;
  readonly start: AppStart;
}

export type AppStore = StoreApi<AppState>;

export const appStoreCreate = (deps: AppDeps, start: AppStart): AppStore =>
  createStore<AppState>((set, get) => {
    const context: SliceContext = { set, get, deps, start };
    return {
      view: viewSlice(context),
      guess: guessSlice(context),
      question: questionSlice(context),
      model: modelSlice(context, 'model'),
      rival: modelSlice(context, 'rival'),
      settings: settingsSlice(context),
    };
  });
