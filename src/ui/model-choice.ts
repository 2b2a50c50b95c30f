/** Which model a person wants to answer, as the form gives it, and what is wrong with what they typed. */
import type { EngineErrorData, LoadProgress } from '../inference/engine';
import type { MessageKey } from './i18n/en';

export const CHOICE_KINDS = ['own', 'folder', 'url', 'remote'] as const;
export type ChoiceKind = (typeof CHOICE_KINDS)[number];

export type ModelChoice =
  | { readonly kind: 'own' }
  | { readonly kind: 'folder'; readonly files: readonly File[] }
  | { readonly kind: 'url'; readonly url: string }
  /** `apiKey` goes to the engine and nowhere else. */
  | { readonly kind: 'remote'; readonly baseUrl: string; readonly model: string; readonly apiKey: string };

/** A model on trial: it takes over only once it has loaded. */
export type ModelTrial =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly progress: LoadProgress | null }
  | { readonly kind: 'failed'; readonly error: EngineErrorData }
  | { readonly kind: 'done'; readonly name: string };

export type ChoiceField = 'files' | 'url' | 'baseUrl' | 'model';
export type ChoiceProblem = { readonly field: ChoiceField; readonly key: MessageKey; readonly value: string };

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** The first thing that keeps a choice from being tried; null when it can be. */
export function choiceProblem(choice: ModelChoice): ChoiceProblem | null {
  switch (choice.kind) {
    case 'own':
      return null;
    case 'folder':
      return choice.files.length > 0 ? null : { field: 'files', key: 'choose.folder.empty', value: '' };
    case 'url':
      return isAddress(choice.url) ? null : { field: 'url', key: 'choose.url.bad', value: choice.url };
    case 'remote':
      if (!isAddress(choice.baseUrl)) return { field: 'baseUrl', key: 'choose.remote.url.bad', value: choice.baseUrl };
      return choice.model === '' ? { field: 'model', key: 'choose.remote.model.empty', value: '' } : null;
  }
}
