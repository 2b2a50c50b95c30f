/** Why an item could not be opened, as data: the page says it in its own language. */
import type { RuleKeyword } from '../inference/json-schema';

/** What the schema says, and what it cannot say: of a scene, of `targetWorld`, of `answerKey`. */
export type ItemRule = RuleKeyword | 'scene' | 'middle' | 'option';

export type ItemReason =
  | { readonly kind: 'read' | 'empty' | 'json' }
  /** Somebody went on while its object came. */
  | { readonly kind: 'late' }
  | { readonly kind: 'large'; readonly limit: number }
  | { readonly kind: 'version'; readonly found: string; readonly wanted: number }
  /** `path`: empty for the whole file. `wanted`, `found`: empty where the rule names none. */
  | {
      readonly kind: 'schema';
      readonly path: string;
      readonly rule: ItemRule;
      readonly wanted: string;
      readonly found: string;
    }
  | { readonly kind: 'pose'; readonly view: 'A' | 'B' }
  | { readonly kind: 'question'; readonly question: string }
  | { readonly kind: 'object'; readonly object: string };
