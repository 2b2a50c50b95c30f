/** Whatever stands in the address, the page gets numbers that it can show, and a message for what it could not read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ELEVATION_LIMIT_DEG } from '../core/camera-pose';
import { appStoreCreate } from './app-state';
import { urlStateOf } from './selectors';
import type { CameraPlace } from '../core/camera-place';
import { fakeEngineCreate } from '../testing/fake-engine';
import { LEVEL_MAX } from './guess-level';
import { DISTANCE_MAX_M, DISTANCE_MIN_M, FOV_Y_RANGE_DEG, SEED_MAX } from './page-defaults';
import { OWN_WORDS_MAX, ownWordsOf } from './own-words';
import { PAGE_PARTS } from './page-parts';
import { isSceneSpec } from './scene-check';
import { STORED_EMPTY, THEMES } from './storage-codec';
import { URL_DEFAULTS, urlRead, urlWrite, type UrlState } from './url-codec';

const PARAMS = [
  'v',
  'mode',
  'object',
  'pin',
  'seed',
  'family',
  'words',
  'level',
  'a',
  'b',
  'scene-a',
  'scene-b',
  'overview',
  'lang',
  'theme',
  'embed',
  'hide',
  'utm_source',
];

const NASTY = [
  ...[
    'NaN',
    'Infinity',
    '-Infinity',
    '1e309',
    '-0',
    '0x1f',
    '١٢',
    '9'.repeat(40),
    '',
    ' ',
    '%',
    '%00',
    '%ff',
    '+',
    '&',
    '=',
    '#',
  ],
  ...[
    'null',
    'undefined',
    'true',
    '[]',
    '{}',
    '__proto__',
    'constructor',
    'toString',
    '../..',
    '<script>',
    '"',
    "'",
    '😀',
    '\u202e',
  ],
  ...[
    'a'.repeat(5000),
    ','.repeat(50),
    '1,2',
    '0,0,5,0',
    '0,0,5,NaN,0',
    '0,0,5,0,0,1e9',
    '0,90,5',
    '361,0,5',
    '0,0,-5',
  ],
  ...[
    'guess',
    'explore',
    'car',
    'ego-rotation',
    '0,0,5',
    '10,20,4,30,-10',
    '10,20,4,30,-10,50',
    'zh',
    'dark',
    '1',
    'model,truth',
    '-12.5,above',
    'plain,eef0f2_world,38,52,2.1,0.62,fff4e6_shadow',
    'noise,111111,ffffff,4,1_camera,0,0,1,1,ffffff_none_checks,111111,ffffff,4,1_2',
    'noise,111111,ffffff,1e9,1_camera,0,0,NaN,1,ffffff_none',
  ],
];

const valueArb = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.oneof(fc.double().map(String), fc.integer().map(String), fc.string({ maxLength: 6 })), { maxLength: 8 })
    .map((parts) => parts.join(',')),
);
const searchArb = fc.oneof(
  fc
    .array(fc.tuple(fc.constantFrom(...PARAMS), valueArb, fc.boolean()), { maxLength: 14 })
    .map(
      (pairs) =>
        `?${pairs.map(([param, value, isEncoded]) => `${param}=${isEncoded ? encodeURIComponent(value) : value}`).join('&')}`,
    ),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

const within = (value: number, lo: number, hi: number): void => {
  expect(Number.isFinite(value)).toBe(true);
  expect(value).toBeGreaterThanOrEqual(lo);
  expect(value).toBeLessThanOrEqual(hi);
};

function placeSound(place: CameraPlace | null): void {
  if (!place) return;
  within(place.azimuthDeg, -180, 180);
  within(place.elevationDeg, -ELEVATION_LIMIT_DEG, ELEVATION_LIMIT_DEG);
  within(place.distanceM, DISTANCE_MIN_M, DISTANCE_MAX_M);
  if (place.look) {
    within(place.look.azimuthDeg, -180, 180);
    within(place.look.elevationDeg, -ELEVATION_LIMIT_DEG, ELEVATION_LIMIT_DEG);
  }
  if (place.fovYDeg !== undefined) within(place.fovYDeg, ...FOV_Y_RANGE_DEG);
}

function stateSound(state: UrlState): void {
  expect(['guess', 'explore']).toContain(state.mode);
  if (state.seed !== null) within(state.seed, 0, SEED_MAX);
  placeSound(state.orbitA);
  placeSound(state.orbitB);
  for (const scene of [state.sceneA, state.sceneB]) expect(scene === null || isSceneSpec(scene)).toBe(true);
  expect([...THEMES, null]).toContain(state.theme);
  expect(PAGE_PARTS).toEqual(expect.arrayContaining([...state.hidden]));
  within(state.level, 0, LEVEL_MAX);
  if (state.overview.azimuthDeg !== null) within(state.overview.azimuthDeg, -180, 180);
  expect(state.ownWords).toBe(ownWordsOf(state.ownWords));
}

const POINTS = [
  [-1, 0, 0],
  [1, 0, 0],
  [0, 0.5, 0.8],
] as const;

describe('any address', () => {
  it('gives a state that can be shown, and names what it left out', () => {
    fc.assert(
      fc.property(searchArb, (search) => {
        const { state, issues } = urlRead(search);
        stateSound(state);
        const params = new URLSearchParams(search);
        for (const { param, value } of issues) expect(params.get(param)).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves no unreadable value without a message', () => {
    const unreadable: Readonly<Record<string, readonly string[]>> = {
      v: ['', '0', '2', '1.0', 'NaN'],
      mode: ['', 'constructor', 'GUESS'],
      object: ['', 'Car', '../car', '__proto__', 'url:https://a.example/x.glb', 'generated:lamps', 'x'.repeat(65)],
      pin: ['', '2', 'true', '-1'],
      seed: ['', 'NaN', '1e309', '-1', '0x1f', '1.5', '9'.repeat(40)],
      family: ['', '__proto__', 'toString'],
      words: ['', ' ', '\u0000', 'a\nb', 'x'.repeat(OWN_WORDS_MAX + 1)],
      level: ['', 'x', '1e9', '1.5'],
      a: ['', 'NaN', '1,2', '0,0,5,NaN,0', '0,0,5,0', 'Infinity,0,5', ','.repeat(50)],
      b: ['', 'null', '1,2', '0,0,5,NaN,0'],
      'scene-a': ['', 'null', 'plain', 'plain,red_world,0,0,1,1,ffffff_none', `plain,ffffff_${'_'.repeat(50)}`],
      'scene-b': ['', 'plain,ffffff_world,NaN,0,1,1,ffffff_none', 'plain,ffffff_world,0,0,1e309,1,ffffff_none'],
      overview: ['', 'above,1', '1e309', '--1', '999', 'NaN'],
      lang: ['', 'xx', '__proto__'],
      theme: ['', 'pink', 'constructor'],
      embed: ['', '2', 'yes'],
      hide: ['model,,truth', 'constructor', 'model truth', ','.repeat(50)],
    };
    const oneArb = fc
      .constantFrom(...Object.keys(unreadable))
      .chain((param) => fc.constantFrom(...(unreadable[param] ?? [])).map((value) => ({ param, value })));
    const wrongArb = fc.uniqueArray(oneArb, { selector: ({ param }) => param, minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(wrongArb, (wrong) => {
        const { state, issues } = urlRead(`?${new URLSearchParams(wrong.map(({ param, value }) => [param, value]))}`);
        stateSound(state);
        expect(issues).toEqual(expect.arrayContaining(wrong));
        expect(issues).toHaveLength(wrong.length);
      }),
    );
  });

  it('is mended by being written again', () => {
    fc.assert(
      fc.property(searchArb, (search) => {
        const { state } = urlRead(search);
        const again = urlRead(urlWrite(state));
        expect(again.issues).toEqual([]);
        const poses = state.mode === 'explore' ? state : { ...state, orbitA: null, orbitB: null };
        expect(again.state.mode).toBe(poses.mode);
        expect(urlWrite(again.state)).toBe(urlWrite(poses));
      }),
      { numRuns: 500 },
    );
  });

  it('starts a page whose own address holds numbers only, and no pose in Guess', () => {
    fc.assert(
      fc.property(searchArb, (search) => {
        const { state: url, issues } = urlRead(search);
        const store = appStoreCreate(
          { engine: fakeEngineCreate(), capture: () => Promise.reject(new Error('no pictures here')), now: () => 0 },
          {
            url,
            issues,
            stored: STORED_EMPTY,
            systemLanguage: 'en',
            seed: 5,
          },
        );
        store.getState().view.objectReady(url.objectId, POINTS);
        const address = urlWrite(urlStateOf(store.getState()));
        // An object may be called anything, and anything may be asked; there just is no object called so.
        expect(address.replaceAll(/(object|words)=[^&]*/g, '')).not.toMatch(/NaN|Infinity|undefined|null/);
        if (url.mode === 'guess') expect(address).not.toMatch(/(^|&)[ab]=/);
        expect(store.getState().view.notices.length).toBe(issues.length > 0 ? 1 : 0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('an address that says nothing', () => {
  it.each(['', '?', '&&&', '?=', '?utm_source=x'])('%s is the defaults', (search) => {
    expect(urlRead(search)).toEqual({ state: URL_DEFAULTS, issues: [] });
  });
});
