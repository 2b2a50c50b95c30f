import Ajv from 'ajv/dist/2020';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../contract/item';
import itemSchema from '../contract/item.schema.json';
import type { CameraPlace } from '../core/camera-place';
import { SCENE_STUDIO, sceneSpecSample } from '../core/scene-spec';
import { rngFromSeed } from '../core/rng';
import type { Vec3 } from '../core/vec3';
import { SUPPORTED_KEYWORDS } from '../inference/json-schema';
import { pairFromOrbits } from '../state/pair';
import { pairItem, placeOfItemView } from '../state/pair-item';
import { itemFromText } from './item-read';

const POINTS: readonly Vec3[] = [
  [-0.6, -0.5, -0.4],
  [0.6, 0.5, 0.4],
];
const PICTURES = { sizePx: 2, a: 'data:image/png;base64,AAAA', b: 'data:image/png;base64,BBBB' };

function itemMade(a: CameraPlace, b: CameraPlace, question: 'ego-translation' | 'magnitude' = 'ego-translation'): Item {
  const scene = sceneSpecSample(rngFromSeed(3));
  const pair = pairFromOrbits('car', { a, b }, scene, SCENE_STUDIO);
  const item = pairItem({ pair, question, seed: 7, framingPoints: POINTS, pictures: PICTURES });
  if (!item) throw new Error('this pair was meant to have an answer');
  return item;
}

const A: CameraPlace = { azimuthDeg: -38, elevationDeg: 16, distanceM: 4 };
const B: CameraPlace = { azimuthDeg: 22, elevationDeg: 20, distanceM: 4.4 };
const ITEM = itemMade(A, B);

const angle = (most: number): fc.Arbitrary<number> => fc.double({ min: -most, max: most, noNaN: true });
const placeArb: fc.Arbitrary<CameraPlace> = fc
  .record({
    azimuthDeg: angle(179.9),
    elevationDeg: angle(85),
    distanceM: fc.double({ min: 1.7, max: 13.9, noNaN: true }),
    look: fc.option(fc.record({ azimuthDeg: angle(179.9), elevationDeg: angle(85) }), { nil: undefined }),
    fovYDeg: fc.option(fc.double({ min: 28, max: 52, noNaN: true }), { nil: undefined }),
  })
  .map(({ look, fovYDeg, ...orbit }) => ({
    ...orbit,
    ...(look ? { look } : {}),
    ...(fovYDeg === undefined ? {} : { fovYDeg }),
  }));

describe('an item of the page', () => {
  it('keeps the schema', () => {
    const validate = new Ajv({ strict: false }).compile(itemSchema);
    for (const item of [ITEM, itemMade(A, B, 'magnitude')]) {
      validate(JSON.parse(JSON.stringify(item)));
      expect(validate.errors).toBeNull();
    }
  });

  it('has a name of its own for every pair, the same for the same pair', () => {
    expect(itemMade(A, B).id).toBe(ITEM.id);
    const others = [itemMade(B, A), itemMade(A, { ...B, azimuthDeg: 23 }), itemMade(A, { ...B, fovYDeg: 40 })];
    expect(new Set([ITEM, ...others].map(({ id }) => id)).size).toBe(4);
  });

  it('names the family of a camera that stayed apart from the question', () => {
    const stayed = itemMade(A, A);
    expect([stayed.family, stayed.question, stayed.answerKey]).toEqual(['no-movement', 'ego-translation', 'none']);
    expect(ITEM.family).toBe('ego-translation');
  });

  it('says what the poses say', () => {
    expect(ITEM.answerKey).toBe('right');
    expect(ITEM.options.map(({ letter }) => letter)).toEqual(['A', 'B', 'C']);
    const { answerKey, options } = itemMade(A, B, 'magnitude');
    expect(options).toHaveLength(6);
    expect(options.map(({ key }) => key)).toContain(answerKey);
  });

  it('is opened as it was saved', () => {
    const reading = itemFromText(JSON.stringify(ITEM));
    expect(reading).toEqual({
      ok: true,
      item: {
        objectId: 'car',
        question: 'ego-translation',
        orbits: { a: A, b: B },
        scenes: { a: ITEM.viewA.scene, b: SCENE_STUDIO },
      },
    });
  });

  describe('about how many degrees', () => {
    const own = itemMade(A, B, 'magnitude');
    const optionsOf = (keys: readonly string[]): Item['options'] =>
      keys.map((key, index) => ({ letter: 'ABCDEFGH'.charAt(index), key, text: `about ${key}` }));
    const opened = (options: Item['options'], answerKey: string) => {
      const reading = itemFromText(JSON.stringify({ ...own, options, answerKey }));
      if (!reading.ok) throw new Error(reading.reason.kind);
      return reading.item.given ?? null;
    };

    it('keeps its own options, in their order and words, and its own answer', () => {
      const options = optionsOf(['right-20', 'left-60', 'left-20', 'right-60']);
      const answerKey = own.answerKey.startsWith('left') ? 'left-60' : 'right-60';
      expect(opened(options, answerKey)).toEqual({
        family: 'magnitude',
        options: options.map(({ key, text }) => ({ key, text })),
        answerKey,
      });
      expect(opened(own.options, own.answerKey)?.options).toEqual(own.options.map(({ key, text }) => ({ key, text })));
    });

    it('leaves it to the page when they are no angles, or when its poses say another answer', () => {
      expect(opened(optionsOf(['much', own.answerKey]), own.answerKey)).toBeNull();
      expect(opened(optionsOf([own.answerKey, own.answerKey]), own.answerKey)).toBeNull();
      expect(opened(optionsOf(['right-10', 'left-10', 'left-60', 'right-60']), 'right-10')).toBeNull();
    });
  });

  it('gives every camera of the page back, pose for pose', () => {
    fc.assert(
      fc.property(placeArb, (place) => {
        const { a } = pairFromOrbits('car', { a: place, b: B }, SCENE_STUDIO, SCENE_STUDIO);
        const orbit = place.look ? null : a.orbit;
        const read = placeOfItemView({ ...a.pose, orbit, scene: SCENE_STUDIO });
        expect(read).not.toBeNull();
        const again = pairFromOrbits('car', { a: read as CameraPlace, b: B }, SCENE_STUDIO, SCENE_STUDIO).a.pose;
        const numbers = (pose: typeof again): number[] => [
          ...pose.positionWorld,
          ...pose.cameraFromWorld.flat(),
          pose.fovYDeg,
        ];
        numbers(again).forEach((value, index) => expect(value).toBeCloseTo(numbers(a.pose)[index] as number, 4));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a file that is no item', () => {
  const changed = (change: (item: Record<string, unknown> & Item) => unknown): string => {
    const item = JSON.parse(JSON.stringify(ITEM)) as Record<string, unknown> & Item;
    return JSON.stringify(change(item) ?? item);
  };
  const viewA = (part: object): string => changed((item) => ({ ...item, viewA: { ...item.viewA, ...part } }));
  const tilted = [
    [0.8, 0.6, 0],
    [-0.6, 0.8, 0],
    [0, 0, 1],
  ];
  const mirrored = ITEM.viewA.cameraFromWorld.map(([x, y, z]) => [-x, y, z]);

  it.each([
    ['nothing', '', 'empty'],
    ['blanks', ' \n ', 'empty'],
    ['half a file', JSON.stringify(ITEM).slice(0, 900), 'json'],
    ['bytes', '\u0089PNG', 'json'],
    ['null', 'null', 'schema'],
    ['a number', '7', 'schema'],
    ['a list', '[]', 'schema'],
    ['an empty object', '{}', 'schema'],
    ['a manifest', '{"schemaVersion":1,"id":"x","files":[]}', 'schema'],
    ['a later version', changed((item) => ({ ...item, schemaVersion: 2 })), 'version'],
    ['a field too many', changed((item) => ({ ...item, evil: 1 })), 'schema'],
    ['no answer', changed((item) => ({ ...item, answerKey: undefined })), 'schema'],
    ['one option', changed((item) => ({ ...item, options: item.options.slice(1, 2) })), 'schema'],
    [
      'a picture from elsewhere',
      changed((item) => ({ ...item, pictures: { ...PICTURES, a: 'https://example.org/a.png' } })),
      'schema',
    ],
    ['a text for a number', viewA({ fovYDeg: '36' }), 'schema'],
    ['a field of view of 180°', viewA({ fovYDeg: 180 }), 'schema'],
    ['a field of view that is never used', viewA({ fovYDeg: 170 }), 'pose'],
    ['a position of two numbers', viewA({ positionWorld: [1, 2] }), 'schema'],
    ['a position of texts', viewA({ positionWorld: ['1', '2', '3'] }), 'schema'],
    ['a null in a position', viewA({ positionWorld: [1, null, 3] }), 'schema'],
    ['a camera in the object', viewA({ positionWorld: [0, 0, 0] }), 'pose'],
    ['a camera a mile away', viewA({ positionWorld: [0, 0, 1609] }), 'pose'],
    ['a tilted camera', viewA({ cameraFromWorld: tilted, orbit: null }), 'pose'],
    ['a mirrored camera', viewA({ cameraFromWorld: mirrored }), 'pose'],
    ['an elevation of 400°', viewA({ orbit: { azimuthDeg: 0, elevationDeg: 400, distanceM: 4 } }), 'schema'],
    ['another middle', changed((item) => ({ ...item, targetWorld: [0, 0.5, 0] })), 'schema'],
    ['an answer that is no option', changed((item) => ({ ...item, answerKey: 'up' })), 'schema'],
    ['no scene', viewA({ scene: {} }), 'schema'],
    [
      'a colour that is a script',
      viewA({ scene: { ...SCENE_STUDIO, background: { kind: 'plain', color: 'red;x' } } }),
      'schema',
    ],
    [
      'endless cells',
      viewA({
        scene: {
          ...SCENE_STUDIO,
          background: { kind: 'texture', pattern: 'spots', colors: ['#000000', '#ffffff'], cells: 1e9, seed: 1 },
        },
      }),
      'schema',
    ],
  ])('%s is refused with a reason', (_name, text, kind) => {
    const reading = itemFromText(text);
    expect(reading.ok).toBe(false);
    if (!reading.ok) expect(reading.reason.kind).toBe(kind);
  });

  it('names the field that does not fit the rest', () => {
    expect(itemFromText(changed((item) => ({ ...item, targetWorld: [0, 0.5, 0] })))).toMatchObject({
      reason: { path: 'targetWorld', rule: 'middle', found: '[0, 0.5, 0]' },
    });
    expect(itemFromText(changed((item) => ({ ...item, answerKey: 'up' })))).toMatchObject({
      reason: { path: 'answerKey', rule: 'option', found: 'up' },
    });
  });

  it('never throws, whatever was changed', () => {
    const text = JSON.stringify(ITEM);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 4 }), fc.nat(6), (at, by, gone) => {
        const reading = itemFromText(text.slice(0, at) + by + text.slice(at + gone));
        if (reading.ok) expect(JSON.stringify(reading.item)).not.toMatch(/null/);
      }),
      { numRuns: 500 },
    );
  });

  it('is held to everything that the schema says', () => {
    const keywords = new Set<string>();
    const walk = (node: unknown, isNames = false): void => {
      if (Array.isArray(node)) node.forEach((child) => walk(child));
      else if (typeof node === 'object' && node !== null)
        for (const [key, child] of Object.entries(node)) {
          if (!isNames) keywords.add(key);
          walk(child, !isNames && (key === 'properties' || key === '$defs'));
        }
    };
    walk(itemSchema);
    expect([...keywords].filter((keyword) => !SUPPORTED_KEYWORDS.has(keyword))).toEqual([]);
  });
});
