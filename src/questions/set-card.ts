/** What every item set prints beside itself: how balanced its key is and what a constant answer would score. */
import type { Item } from '../contract/item';

export interface FamilyCard {
  readonly n: number;
  /** How often each meaning, and each letter, is right. */
  readonly keys: Readonly<Record<string, number>>;
  readonly letters: Readonly<Record<string, number>>;
  /** Accuracy of always giving this key, or always this letter. */
  readonly constantKeyScore: Readonly<Record<string, number>>;
  readonly constantLetterScore: Readonly<Record<string, number>>;
  readonly bestConstantScore: number;
}

export interface SetCard {
  readonly items: number;
  readonly objects: number;
  readonly families: Readonly<Record<string, FamilyCard>>;
}

/** The letter of the right option. */
export function answerLetter(item: Pick<Item, 'id' | 'options' | 'answerKey'>): string {
  const option = item.options.find(({ key }) => key === item.answerKey);
  if (!option) throw new RangeError(`item ${item.id} has no option "${item.answerKey}"`);
  return option.letter;
}

const shares = (counts: Record<string, number>, n: number): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / n]));

function familyCard(items: readonly Item[]): FamilyCard {
  // Options that are never right count too, as 0.
  const keys: Record<string, number> = {};
  const letters: Record<string, number> = {};
  for (const item of items) {
    for (const { key, letter } of item.options) {
      keys[key] = (keys[key] ?? 0) + (key === item.answerKey ? 1 : 0);
      letters[letter] = (letters[letter] ?? 0) + (key === item.answerKey ? 1 : 0);
    }
  }
  const constantKeyScore = shares(keys, items.length);
  const constantLetterScore = shares(letters, items.length);
  const bestConstantScore = Math.max(...Object.values(constantKeyScore), ...Object.values(constantLetterScore));
  return { n: items.length, keys, letters, constantKeyScore, constantLetterScore, bestConstantScore };
}

export function setCard(items: readonly Item[]): SetCard {
  const families = new Map<string, Item[]>();
  for (const item of items) {
    const members = families.get(item.family);
    if (members) members.push(item);
    else families.set(item.family, [item]);
  }
  return {
    items: items.length,
    objects: new Set(items.map(({ objectId }) => objectId)).size,
    families: Object.fromEntries([...families].map(([family, members]) => [family, familyCard(members)])),
  };
}
