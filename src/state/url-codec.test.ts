import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OWN_WORDS_MAX, ownWordsOf } from './own-words';
import { URL_DEFAULTS, urlRead, urlWrite, type UrlState } from './url-codec';

const EXPLORE: UrlState = {
  mode: 'explore',
  objectId: 'mug',
  isObjectPinned: true,
  seed: 42,
  family: 'ego-rotation',
  ownWords: '',
  level: 2,
  orbitA: { azimuthDeg: -38.25, elevationDeg: 16, distanceM: 3.9 },
  orbitB: { azimuthDeg: 180, elevationDeg: -89, distanceM: 14 },
  sceneA: {
    background: { kind: 'gradient', top: '#ffeedd', bottom: '#102030' },
    light: {
      rule: 'camera',
      keyAzimuthDeg: -12.5,
      keyElevationDeg: 40,
      keyIntensity: 2,
      environmentIntensity: 0.5,
      keyColor: '#ffffff',
    },
    ground: 'none',
  },
  sceneB: null,
  overview: { isFromAbove: true, azimuthDeg: -41.5 },
  language: 'zh',
  theme: 'projector',
  isEmbedded: true,
  hidden: ['model', 'truth'],
};

describe('the address', () => {
  it('is empty for the defaults', () => {
    expect(urlRead('')).toEqual({ state: URL_DEFAULTS, issues: [] });
    expect(urlRead('?')).toEqual({ state: URL_DEFAULTS, issues: [] });
  });

  it('restores what it wrote', () => {
    expect(urlRead(`?${urlWrite(EXPLORE)}`)).toEqual({ state: EXPLORE, issues: [] });
  });

  it('keeps poses to itself in Guess', () => {
    const text = urlWrite({ ...EXPLORE, mode: 'guess' });
    expect(text).toBe(
      'v=1&mode=guess&object=mug&pin=1&seed=42&family=ego-rotation&overview=above&lang=zh&theme=projector&embed=1&hide=model,truth',
    );
  });

  it.each(['hide=model', 'embed=1'])('asks no question in own words where nobody would answer it: %s', (shape) => {
    const { state } = urlRead(`?family=free&words=Why%3F&${shape}`);
    expect(state.family).toBe(URL_DEFAULTS.family);
    // Of a page that does ask it, a link without the model.
    const text = urlWrite({ ...state, family: 'free' });
    expect(text).toContain(`family=${URL_DEFAULTS.family}`);
    expect(text).not.toContain('words');
    expect(urlWrite({ ...state, family: 'free', isEmbedded: false, hidden: ['truth'] })).toContain(
      'family=free&words=',
    );
    expect(urlRead('?family=free&hide=truth').state.family).toBe('free');
  });

  it('ignores parameters of others', () => {
    expect(urlRead('?utm_source=x&seed=3')).toEqual({ state: { ...URL_DEFAULTS, seed: 3 }, issues: [] });
  });

  it('keeps an object that somebody typed, but not one that the page dealt', () => {
    expect(urlRead('?object=mug').state.isObjectPinned).toBe(true);
    expect(urlRead('?object=car').state.isObjectPinned).toBe(false);
    expect(urlRead('?object=car&pin=1').state.isObjectPinned).toBe(true);
    expect(urlRead(`?${urlWrite({ ...EXPLORE, isObjectPinned: false })}`).state.isObjectPinned).toBe(false);
  });

  it('wraps azimuths', () => {
    expect(urlRead('?a=350,0,4').state.orbitA?.azimuthDeg).toBe(-10);
  });

  it.each([
    ['v', '2'],
    ['v', ''],
    ['mode', 'study'],
    ['mode', 'Guess'],
    ['object', '../../etc/passwd'],
    ['object', 'Car'],
    ['object', ''],
    ['object', 'url:https://example.org/x.glb'],
    ['object', 'x'.repeat(65)],
    ['seed', '-1'],
    ['seed', '1.5'],
    ['seed', '1e3'],
    ['seed', '1000000'],
    ['seed', 'NaN'],
    ['seed', ''],
    ['seed', ' 7'],
    ['lang', 'fr'],
    ['lang', 'constructor'],
    ['theme', 'pink'],
    ['theme', 'system'],
    ['theme', ''],
    ['embed', 'yes'],
    ['embed', ''],
    ['overview', ''],
    ['overview', 'below'],
    ['overview', 'above,above'],
    ['overview', '1e2'],
    ['overview', '361'],
    ['overview', 'NaN,above'],
    ['hide', ''],
    ['hide', 'views'],
    ['hide', 'model,'],
    ['hide', 'model,constructor'],
    ['object', 'generated:'],
    ['object', 'generated:cars:x'],
    ['family', 'sideways'],
    ['level', '5'],
    ['level', '-1'],
    ['level', '1.5'],
    ['family', 'constructor'],
    ['words', ''],
    ['words', ' '],
    ['words', 'a\nb'],
    ['words', '\u0000'],
    ['words', 'x'.repeat(OWN_WORDS_MAX + 1)],
    ['a', ''],
    ['a', '1,2'],
    ['a', '1,2,3,4'],
    ['a', 'NaN,0,4'],
    ['a', 'Infinity,0,4'],
    ['a', '0x10,0,4'],
    ['a', '1e2,0,4'],
    ['a', '361,0,4'],
    ['a', '0,89.5,4'],
    ['a', '0,-90,4'],
    ['a', '0,0,0'],
    ['a', '0,0,-4'],
    ['a', '0,0,15'],
    ['b', ' 0,0,4'],
    ['b', '0,,4'],
    ['b', '9999999,0,4'],
  ])('takes the default for %s=%s and says so', (param, value) => {
    const { state, issues } = urlRead(`?${param}=${encodeURIComponent(value)}`);
    expect(state).toEqual(URL_DEFAULTS);
    expect(issues).toEqual([{ param, value }]);
  });

  it('keeps the good parts beside a bad one', () => {
    const { state, issues } = urlRead('?mode=explore&seed=x&a=10,20,4');
    expect(state.mode).toBe('explore');
    expect(state.orbitA).toEqual({ azimuthDeg: 10, elevationDeg: 20, distanceM: 4 });
    expect(issues).toEqual([{ param: 'seed', value: 'x' }]);
  });
});

describe('own words in the address', () => {
  const FREE: UrlState = { ...EXPLORE, family: 'free', isEmbedded: false, hidden: ['truth'] };

  it('come back letter by letter, beside everything else', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: OWN_WORDS_MAX + 20 }), (units) => {
        const text = String.fromCharCode(...units);
        const state: UrlState = { ...FREE, ownWords: ownWordsOf(text) };
        const address = urlWrite(state);
        expect(address).toMatch(/^[!-~]*$/);
        expect(urlRead(`?${address}`)).toEqual({ state, issues: [] });
      }),
      { numRuns: 200 },
    );
  });

  it.each(['a & b = c #1?', '1+1 %20', '哪个轮子更近？', '\u202eright', 'words=x&mode=explore', '__proto__'])(
    'keep %j apart from the rest',
    (ownWords) => {
      const { overview } = URL_DEFAULTS;
      const state: UrlState = { ...FREE, mode: 'guess', orbitA: null, orbitB: null, sceneA: null, overview, ownWords };
      expect(urlRead(urlWrite(state))).toEqual({ state, issues: [] });
    },
  );

  it('belong to their own kind of question', () => {
    expect(urlWrite({ ...EXPLORE, ownWords: 'Which is nearer?' })).toBe(urlWrite(EXPLORE));
    expect(urlWrite({ ...FREE, ownWords: '' })).not.toContain('words');
  });

  it('are read without the blanks around them', () => {
    expect(urlRead('?family=free&words=+Which+is+nearer%3F+').state.ownWords).toBe('Which is nearer?');
  });
});
