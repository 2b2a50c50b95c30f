import Ajv from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import reportSchema from '../contract/eval-report.schema.json';
import { sceneSpecSample } from '../core/scene-spec';
import { clusteredInterval, wilsonInterval } from '../core/wilson';
import { itemSet } from '../testing/item-set';
import { evalReport, evalRow, type EvalRow } from './eval-report';

const ABOUT = { model: 'tiny', weightsSha256: '0a'.repeat(32), device: 'wasm', seed: 3, seconds: 1.5 };
const row = (changes: Partial<EvalRow> = {}): EvalRow => ({
  objectId: 'mug',
  family: 'ego-translation',
  answerKey: 'left',
  answerable: true,
  absDeltaAzimuthDeg: 30,
  scoredKey: 'left',
  ...changes,
});

const FIRST_BIN = { fromDeg: 20, toDeg: 40, n: 2, objects: 1, correct: 2, ci95: wilsonInterval(2, 2) };
const SECOND_BIN = { fromDeg: 40, toDeg: 60, n: 1, objects: 1, correct: 0, ci95: wilsonInterval(0, 1) };
const LAST_BIN = { fromDeg: 80, toDeg: 100, n: 1, objects: 1, correct: 0, ci95: wilsonInterval(0, 1) };

describe('evalReport', () => {
  it('counts by hand-checked rows', () => {
    const report = evalReport(
      [
        row({ swappedScoredKey: 'right', generated: { key: 'left', wellFormed: true }, rotatedKey: 'left' }),
        row({ scoredKey: 'right', absDeltaAzimuthDeg: 100, generated: { key: 'left', wellFormed: false } }),
        row({
          scoredKey: null,
          absDeltaAzimuthDeg: 40,
          swappedScoredKey: null,
          generated: { key: null, wellFormed: true },
          rotatedKey: null,
        }),
        row({ answerable: false, swappedScoredKey: 'right' }),
        row({ answerable: null, scoredKey: 'left', absDeltaAzimuthDeg: 39.9, swappedScoredKey: 'left' }),
        row({
          family: 'no-movement',
          answerKey: 'none',
          scoredKey: 'none',
          absDeltaAzimuthDeg: 0,
          swappedScoredKey: 'none',
        }),
      ],
      ABOUT,
    );
    expect(report).toEqual({
      schemaVersion: 4,
      ...ABOUT,
      items: 6,
      families: {
        'ego-translation': {
          n: 4,
          objects: 1,
          correct: 2,
          accuracy: 0.5,
          ci95: wilsonInterval(2, 4),
          generatedN: 3,
          wellFormed: 2,
          generatedCorrect: 2,
          generatedCi95: wilsonInterval(2, 3),
          swap: { n: 3, consistent: 1, ci95: wilsonInterval(1, 3) },
          order: { n: 2, consistent: 1, ci95: wilsonInterval(1, 2) },
        },
        'no-movement': {
          n: 1,
          objects: 1,
          correct: 1,
          accuracy: 1,
          ci95: wilsonInterval(1, 1),
          generatedN: 0,
          wellFormed: 0,
          generatedCorrect: 0,
          generatedCi95: [0, 1],
          swap: { n: 1, consistent: 0, ci95: wilsonInterval(0, 1) },
        },
      },
      together: { n: 5, objects: 1, correct: 3, ci95: wilsonInterval(3, 5) },
      swap: { n: 4, consistent: 1, ci95: wilsonInterval(1, 4) },
      order: { n: 2, consistent: 1, ci95: wilsonInterval(1, 2) },
      bias: {
        'ego-translation': { left: { answered: 2, right: 4 }, right: { answered: 1, right: 0 } },
        'no-movement': { none: { answered: 1, right: 1 } },
      },
      byAngle: [
        { ...FIRST_BIN, family: 'ego-translation' },
        { ...SECOND_BIN, family: 'ego-translation' },
        { ...LAST_BIN, family: 'ego-translation' },
      ],
      byAngleTogether: [FIRST_BIN, SECOND_BIN, LAST_BIN],
      excluded: 1,
      withNothingExcluded: {
        'ego-translation': { n: 5, correct: 3 },
        'no-movement': { n: 1, correct: 1 },
      },
    });
  });

  it('gives the same answers the same interval wherever it prints them: items about one object are a cluster', () => {
    const answered = [
      ['mug', ['left', 'left', 'left', 'left']],
      ['car', ['right', 'right', 'right', 'left']],
      ['hat', ['left', 'left', 'left']],
      ['cup', ['right']],
    ] as const;
    const rows = answered.flatMap(([objectId, keys]) =>
      keys.map((key) =>
        row({
          objectId,
          scoredKey: key,
          generated: { key, wellFormed: true },
          rotatedKey: 'left',
          swappedScoredKey: key === 'left' ? 'right' : 'none',
        }),
      ),
    );
    const report = evalReport(rows, ABOUT);
    const clusters = answered.map(([, keys]) => ({
      n: keys.length,
      correct: keys.filter((key) => key === 'left').length,
    }));
    const ci95 = clusteredInterval(clusters);
    expect(ci95[1] - ci95[0]).toBeGreaterThan(1.2 * (wilsonInterval(8, 12)[1] - wilsonInterval(8, 12)[0]));
    const told = { n: 12, objects: 4, correct: 8, ci95 };
    expect(report.families['ego-translation']).toMatchObject({ ...told, generatedCorrect: 8, generatedCi95: ci95 });
    expect(report.together).toEqual(told);
    expect(report.byAngle).toEqual([{ ...told, family: 'ego-translation', fromDeg: 20, toDeg: 40 }]);
    expect(report.byAngleTogether).toEqual([{ ...told, fromDeg: 20, toDeg: 40 }]);
    expect([report.swap, report.order]).toEqual([
      { n: 12, consistent: 8, ci95 },
      { n: 12, consistent: 8, ci95 },
    ]);
  });

  it('keeps Wilson’s interval where every object has one item', () => {
    const rows = ['a', 'b', 'c', 'd'].map((objectId) =>
      row({ objectId, scoredKey: objectId === 'a' ? 'right' : 'left' }),
    );
    expect(evalReport(rows, ABOUT).families['ego-translation']?.ci95).toEqual(wilsonInterval(3, 4));
  });

  it('counts flips of every family, and angles by their side', () => {
    const { swap, bias } = evalReport(
      [
        row({ family: 'vertical', answerKey: 'up', scoredKey: 'up', swappedScoredKey: 'down' }),
        row({ family: 'vertical', answerKey: 'up', scoredKey: 'same', swappedScoredKey: 'same' }),
        row({ family: 'magnitude', answerKey: 'right-45', scoredKey: 'left-45', swappedScoredKey: 'right-45' }),
        row({ family: 'magnitude', answerKey: 'left-20', scoredKey: 'left-45', swappedScoredKey: 'left-45' }),
      ],
      ABOUT,
    );
    expect(swap).toMatchObject({ n: 4, consistent: 2 });
    expect(bias['magnitude']).toEqual({ left: { answered: 2, right: 1 }, right: { answered: 0, right: 1 } });
  });

  it('reads a letter by the order that it was asked in', () => {
    const [item] = itemSet({ seed: 4, count: 1, split: 'test', objectIds: ['a'], sampleScene: sceneSpecSample }, () => [
      [0.5, 0.3, 0.1],
    ]);
    if (!item) throw new Error('no item');
    const answered = (rotatedText: string): EvalRow =>
      evalRow(item, { scoredKey: 'left', generated: { text: 'A', format: 'letter' }, rotatedText });
    // The first option comes last in the second order.
    expect(answered('C').rotatedKey).toBe(answered('C').generated?.key);
    expect(answered('A').rotatedKey).not.toBe(answered('A').generated?.key);
    expect(answered('none of them').rotatedKey).toBeNull();
  });

  it.each(['A', 'B', 'C'])('calls a model that always says %s inconsistent', (letter) => {
    const items = itemSet({ seed: 4, count: 6, split: 'test', objectIds: ['a'], sampleScene: sceneSpecSample }, () => [
      [0.5, 0.3, 0.1],
    ]);
    const always = (item: (typeof items)[number]): EvalRow =>
      evalRow(item, { scoredKey: 'left', generated: { text: letter, format: 'letter' }, rotatedText: letter });
    expect(evalReport(items.map(always), ABOUT).order).toMatchObject({ n: items.length, consistent: 0 });
  });

  it('counts worked reasoning by its form, its answer, the side that it names and whether the answer follows', () => {
    const items = itemSet({ seed: 4, count: 6, split: 'test', objectIds: ['a'], sampleScene: sceneSpecSample }, () => [
      [0.5, 0.3, 0.1],
    ]).filter(({ family, answerKey }) => family === 'object-translation' && answerKey === 'left');
    const texts = [
      // The object faces the camera: what is right for the camera is left for it.
      '<think>Look. Movement: camera right 30°, level. Together: left.</think><answer>Move to the left</answer>',
      '<think>Look. Movement: camera left 30°, level. Together: left.</think><answer>Move to the left</answer>',
      '<think>Movement: camera left 30°.</think><answer>Move to the right</answer>',
    ];
    expect(items).toHaveLength(texts.length);
    const rows = items.map((item, index) => evalRow(item, { scoredKey: 'left', reasonedText: texts[index] as string }));
    const [item] = items;
    if (!item) throw new Error('no item');
    rows.push(evalRow(item, { scoredKey: 'left', reasonedText: 'Movement: camera right. Movement: camera left.' }));
    const report = evalReport(rows, ABOUT);
    expect(report.families['object-translation']?.reasoned).toEqual({
      n: 4,
      wellFormed: 3,
      correct: 2,
      sideSaid: 3,
      sideRight: 1,
      followed: 2,
    });
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(reportSchema);
    expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
    expect(evalReport([row()], ABOUT).families['ego-translation']).not.toHaveProperty('reasoned');
  });

  it('does not call a refusal consistent', () => {
    expect(evalReport([row({ scoredKey: null, swappedScoredKey: null })], ABOUT).swap).toMatchObject({
      n: 1,
      consistent: 0,
    });
  });

  it('survives a set in which everything is excluded, and an empty one', () => {
    const allOut = evalReport([row({ answerable: false })], ABOUT);
    expect(allOut.families['ego-translation']).toMatchObject({ n: 0, accuracy: 0, ci95: [0, 1] });
    expect(evalReport([], ABOUT)).toMatchObject({ items: 0, families: {}, byAngle: [], excluded: 0 });
  });

  it('meets its schema from items on; a constant answer scores what the set card says', () => {
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(reportSchema);
    const items = itemSet(
      { seed: 4, count: 24, split: 'test', objectIds: ['a', 'b'], sampleScene: sceneSpecSample },
      () => [
        [0.5, 0.3, 0.1],
        [-0.5, -0.3, -0.1],
      ],
    );
    const report = evalReport(
      items.map((item) =>
        evalRow(item, { scoredKey: 'left', generated: { text: 'A', format: 'letter' }, swappedScoredKey: 'left' }),
      ),
      ABOUT,
    );
    expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...report, excluded: 0.5 })).toBe(false);
    const told = evalReport([], {
      ...ABOUT,
      assessed: true,
      meshes: [{ name: 'pack' }, { name: 'g', families: ['a'] }],
    });
    expect(told).toMatchObject({ assessed: true, excluded: 0, meshes: [{ name: 'pack' }, { families: ['a'] }] });
    expect(validate(told), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...told, meshes: ['pack'] })).toBe(false);
    expect(report.families['ego-rotation']).toMatchObject({
      n: 24,
      correct: 12,
      generatedN: 24,
      wellFormed: 24,
      generatedCorrect: 8,
    });
    expect(report.families['no-movement']).toMatchObject({ n: 24, correct: 0, generatedCorrect: 8 });
    expect(report.swap).toMatchObject({ n: 96, consistent: 0 });
    expect(report.byAngle.reduce((sum, { n }) => sum + n, 0)).toBe(72);
    expect(report.byAngle.some(({ family }) => family === 'no-movement')).toBe(false);
  });
});
