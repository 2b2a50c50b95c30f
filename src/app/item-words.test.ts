import { describe, expect, it } from 'vitest';
import { schemaProblem, type JsonSchema } from '../inference/json-schema';
import { en } from '../ui/i18n/en';
import { MESSAGES } from '../ui/i18n/messages';
import { translator } from '../ui/i18n/translate';
import type { ItemReason, ItemRule } from '../state/item-reason';
import { itemReasonWords } from './item-words';

const inEnglish = translator(MESSAGES.en);
const inChinese = translator(MESSAGES.zh);

const broken: [rule: ItemRule, schema: JsonSchema, value: unknown][] = [
  ['type', { type: 'object' }, 7],
  ['type', { type: ['boolean', 'null'] }, 'yes'],
  ['const', { const: 1 }, 2],
  ['enum', { enum: ['train', 'test'] }, 'exam'],
  ['minimum', { minimum: -89 }, -90],
  ['exclusiveMinimum', { exclusiveMinimum: 0 }, 0],
  ['maximum', { maximum: 180 }, 180.5],
  ['exclusiveMaximum', { exclusiveMaximum: 180 }, 180],
  ['minLength', { minLength: 1 }, ''],
  ['pattern', { pattern: "^[a-z$&]+$|^'$" }, 'A'],
  ['minItems', { minItems: 3 }, [1, 2]],
  ['maxItems', { maxItems: 3 }, [1, 2, 3, 4]],
  ['required', { required: ['seed'] }, {}],
  ['additionalProperties', { additionalProperties: false }, { evil: 1 }],
];

function schemaReason(schema: JsonSchema, value: unknown) {
  const problem = schemaProblem(schema, value);
  if (!problem) throw new Error('this value was meant to break the schema');
  const { path, keyword, wanted, found } = problem;
  return { problem, reason: { kind: 'schema', path, rule: keyword, wanted, found } satisfies ItemReason };
}

describe('a rule of the schema that an item breaks', () => {
  it.each(broken)('is the checker’s own sentence in English: %s', (rule, schema, value) => {
    const { problem, reason } = schemaReason(schema, value);
    expect(reason.rule).toBe(rule);
    expect(itemReasonWords(inEnglish, reason)).toBe(
      `it is not an item: ${problem.path || 'the file'} ${problem.rule}.`,
    );
  });

  it.each(broken)('is Chinese but for names and values: %s', (_rule, schema, value) => {
    const { reason } = schemaReason(schema, value);
    const words = itemReasonWords(inChinese, reason);
    for (const part of [reason.path, reason.wanted, reason.found]) expect(words).toContain(part);
    expect(words).not.toMatch(/\b(must|is|has|the file)\b/);
  });

  it('has words for each, and these are all', () => {
    const own: ItemRule[] = ['scene', 'middle', 'option'];
    const rules = new Set([...broken.map(([rule]) => rule), ...own]);
    const worded = Object.keys(en).filter((key) => key.startsWith('item.rule.'));
    expect(worded.sort()).toEqual([...rules].map((rule) => `item.rule.${rule}`).sort());
  });
});

describe('what no schema says', () => {
  const misfit = (path: string, rule: ItemRule, found = ''): ItemReason => ({
    kind: 'schema',
    path,
    rule,
    wanted: '',
    found,
  });

  it.each<[reason: ItemReason, english: string, chinese: string]>([
    [
      misfit('viewA.scene', 'scene'),
      'it is not an item: viewA.scene is no scene of this page.',
      '它不是题目：“viewA.scene”不是本页的场景。',
    ],
    [
      misfit('targetWorld', 'middle', '[0, 0.5, 0]'),
      'it is not an item: targetWorld is [0, 0.5, 0], not the middle of the object.',
      '它不是题目：“targetWorld”是 [0, 0.5, 0]，不是物体的中心。',
    ],
    [
      misfit('answerKey', 'option', 'up'),
      'it is not an item: answerKey "up" is the key of none of the options.',
      '它不是题目：“answerKey”为“up”，与任何选项的 key 都不符。',
    ],
    [
      { kind: 'version', found: '2', wanted: 1 },
      'it is of version 2; this page reads version 1.',
      '它的版本是 2，本页读取的版本是 1。',
    ],
  ])('is said in both languages: %o', (reason, english, chinese) => {
    expect(itemReasonWords(inEnglish, reason)).toBe(english);
    expect(itemReasonWords(inChinese, reason)).toBe(chinese);
  });
});
