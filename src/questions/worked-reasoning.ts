/** What worked reasoning says, in the words that the model was taught (training/viewpoint_training/reasoning.py). */
import { oppositeKey, type OptionKey, type QuestionId } from './families';

const MOVEMENT_SAID = /\bMovement:\s*(?:camera\s+(left|right)|(none))\b/gi;

/** Where the reasoning says that the camera moved, as it sees it; null when it says nothing or more than one thing. */
export function sideSaidIn(text: string): OptionKey | null {
  const said = new Set([...text.matchAll(MOVEMENT_SAID)].map(([, side, none]) => (side ?? none ?? '').toLowerCase()));
  return said.size === 1 ? ([...said][0] as OptionKey) : null;
}

/** The answer of a question when an orbiting camera moved to a side; and, being its own inverse, the side of an answer. */
export const keyOfSide = (question: QuestionId, side: OptionKey): OptionKey =>
  question === 'ego-translation' ? side : oppositeKey(side);
