/**
 * The page's address: one row per parameter. A link restores the screen exactly; in Guess it holds the seed and never a pose. A bad value
 * becomes the default and an issue that can be shown; it never becomes NaN.
 */
import { placeLook, type CameraPlace } from '../core/camera-place';
import { ELEVATION_LIMIT_DEG } from '../core/camera-pose';
import { degWrap } from '../core/angles';
import { isPageFamilyId, type PageFamilyId } from '../questions/page-families';
import type { GroundedScene } from '../questions/world-ground';
import { LEVEL_MAX, LEVEL_START } from './guess-level';
import { isLanguage, type Language } from './language';
import { DEFAULT_OBJECT_ID, DISTANCE_MAX_M, DISTANCE_MIN_M, FOV_Y_RANGE_DEG, SEED_MAX } from './page-defaults';
import { ownWordsRead } from './own-words';
import { isPartShown, pagePartsFromText, type PageShape } from './page-parts';
import { sceneFromText, sceneText } from './scene-text';
import { THEMES, type Theme } from './storage-codec';

/** Stays while every older link still opens: a new parameter may be absent, and an older page leaves it out. */
const URL_VERSION = 1;

export type Mode = 'guess' | 'explore';

/** Where somebody let the overview look from. */
export interface OverviewView {
  readonly isFromAbove: boolean;
  /** Explore's; null: from between the two cameras. */
  readonly azimuthDeg: number | null;
}

export interface UrlState extends PageShape {
  readonly mode: Mode;
  readonly objectId: string;
  /** Somebody chose the object: new pairs keep it. */
  readonly isObjectPinned: boolean;
  /** Null: the address does not say, the page may draw one. */
  readonly seed: number | null;
  readonly family: PageFamilyId;
  /** The question of the family `free`; empty where there is none. */
  readonly ownWords: string;
  /** Guess's difficulty: together with the seed it makes the pair. */
  readonly level: number;
  /** Explore's cameras; null in Guess and where the address does not say. */
  readonly orbitA: CameraPlace | null;
  readonly orbitB: CameraPlace | null;
  /** An opened item's light and backdrop in Explore; null for the page's own. */
  readonly sceneA: GroundedScene | null;
  readonly sceneB: GroundedScene | null;
  readonly overview: OverviewView;
  /** Null: nobody chose one. */
  readonly language: Language | null;
  /** Null: the reader's own. */
  readonly theme: Exclude<Theme, 'system'> | null;
}

export const URL_DEFAULTS: UrlState = {
  mode: 'guess',
  objectId: DEFAULT_OBJECT_ID,
  isObjectPinned: false,
  seed: null,
  family: 'ego-translation',
  ownWords: '',
  level: LEVEL_START,
  orbitA: null,
  orbitB: null,
  sceneA: null,
  sceneB: null,
  overview: { isFromAbove: false, azimuthDeg: null },
  language: null,
  theme: null,
  isEmbedded: false,
  hidden: [],
};

export interface UrlIssue {
  readonly param: string;
  readonly value: string;
}

interface Field {
  readonly param: string;
  /** The part of the state that the text means, or null for a text that means nothing. */
  readonly read: (text: string) => Partial<UrlState> | null;
  /** Null: left out of the address. */
  readonly write: (state: UrlState) => string | null;
}

/** Plain decimals only: no exponents, no hexadecimals, no blanks. */
const DECIMAL = /^[+-]?\d{1,6}(\.\d{1,6})?$/;
/** An object of the page, or one of the generator's (`generated:<family>:<seed>`). */
const OBJECT_ID = /^([a-z0-9][a-z0-9-]{0,63}|generated:[a-z0-9][a-z0-9-]{0,39}:\d{1,10})$/;

const isDirection = (azimuthDeg: number, elevationDeg: number): boolean =>
  Math.abs(azimuthDeg) <= 360 && Math.abs(elevationDeg) <= ELEVATION_LIMIT_DEG;

/** Azimuth, elevation, distance; then where it looks, when not at the object; then a field of view that is not the page's own. */
function orbitFromText(text: string): CameraPlace | null {
  const parts = text.split(',');
  if (![3, 5, 6].includes(parts.length) || !parts.every((part) => DECIMAL.test(part))) return null;
  const [azimuthDeg, elevationDeg, distanceM, lookAzimuthDeg, lookElevationDeg, fovYDeg] = parts.map(Number) as [
    number,
    number,
    number,
    ...(number | undefined)[],
  ];
  if (!isDirection(azimuthDeg, elevationDeg)) return null;
  if (distanceM < DISTANCE_MIN_M || distanceM > DISTANCE_MAX_M) return null;
  const orbit = { azimuthDeg: degWrap(azimuthDeg), elevationDeg, distanceM };
  if (lookAzimuthDeg === undefined || lookElevationDeg === undefined) return orbit;
  if (!isDirection(lookAzimuthDeg, lookElevationDeg)) return null;
  const look = { azimuthDeg: degWrap(lookAzimuthDeg), elevationDeg: lookElevationDeg };
  const isAimed = look.azimuthDeg === orbit.azimuthDeg && look.elevationDeg === orbit.elevationDeg;
  const place = isAimed ? orbit : { ...orbit, look };
  if (fovYDeg === undefined) return place;
  const [lo, hi] = FOV_Y_RANGE_DEG;
  return fovYDeg < lo || fovYDeg > hi ? null : { ...place, fovYDeg };
}

const rounded = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

/** A free camera is worth more digits, and its partner as many: what both have in common must stay exactly the same. */
function orbitText(place: CameraPlace, partner: CameraPlace | null): string {
  const { azimuthDeg, elevationDeg, distanceM, fovYDeg } = place;
  const isFree = place.look !== undefined || partner?.look !== undefined;
  const orbit = [rounded(azimuthDeg, isFree ? 5 : 2), rounded(elevationDeg, isFree ? 5 : 2)];
  const texts = [...orbit, rounded(distanceM, isFree ? 5 : 3)];
  if (place.look || fovYDeg !== undefined) {
    const look = placeLook(place);
    texts.push(...[look.azimuthDeg, look.elevationDeg].map((value) => rounded(value, isFree ? 5 : 2)));
  }
  return [...texts, ...(fovYDeg === undefined ? [] : [rounded(fovYDeg, 3)])].join(',');
}

/** The place that a link to this one opens: what is seen before and after a reload is the same to the last digit. */
export const placeAddressed = (place: CameraPlace, partner: CameraPlace): CameraPlace =>
  orbitFromText(orbitText(place, partner)) ?? place;

const orbitField = (param: string, key: 'orbitA' | 'orbitB'): Field => ({
  param,
  read: (text) => {
    const orbit = orbitFromText(text);
    return orbit && { [key]: orbit };
  },
  write: ({ mode, orbitA, orbitB }) => {
    const [place, partner] = key === 'orbitA' ? [orbitA, orbitB] : [orbitB, orbitA];
    return mode === 'explore' && place ? orbitText(place, partner) : null;
  },
});

const sceneField = (param: string, key: 'sceneA' | 'sceneB'): Field => ({
  param,
  read: (text) => {
    const scene = sceneFromText(text);
    return scene && { [key]: scene };
  },
  write: (state) => {
    const scene = state[key];
    return state.mode === 'explore' && scene ? sceneText(scene) : null;
  },
});

/** An azimuth in degrees, `above`, or both. */
const OVERVIEW = /^(?:([+-]?\d{1,3}(?:\.\d{1,2})?)(,above)?|(above))$/;

const overviewField: Field = {
  param: 'overview',
  read: (text) => {
    const [, azimuth, above, aboveAlone] = OVERVIEW.exec(text) ?? [];
    if (azimuth === undefined) return aboveAlone ? { overview: { isFromAbove: true, azimuthDeg: null } } : null;
    if (!isDirection(Number(azimuth), 0)) return null;
    return { overview: { isFromAbove: above !== undefined, azimuthDeg: degWrap(Number(azimuth)) } };
  },
  write: ({ mode, overview: { isFromAbove, azimuthDeg } }) => {
    // Guess's starts afresh with every pair.
    const azimuth = mode === 'explore' && azimuthDeg !== null ? [rounded(azimuthDeg, 1)] : [];
    return [...azimuth, ...(isFromAbove ? ['above'] : [])].join(',') || null;
  },
};

const URL_THEMES = THEMES.filter((theme) => theme !== 'system');

const FIELDS: readonly Field[] = [
  {
    param: 'v',
    read: (text) => (text === String(URL_VERSION) ? {} : null),
    write: () => String(URL_VERSION),
  },
  {
    param: 'mode',
    read: (text) => (text === 'guess' || text === 'explore' ? { mode: text } : null),
    write: ({ mode }) => mode,
  },
  {
    param: 'object',
    read: (text) => (OBJECT_ID.test(text) ? { objectId: text } : null),
    write: ({ objectId }) => objectId,
  },
  {
    param: 'pin',
    read: (text) => (text === '1' || text === '0' ? { isObjectPinned: text === '1' } : null),
    write: ({ isObjectPinned }) => (isObjectPinned ? '1' : null),
  },
  {
    param: 'seed',
    read: (text) => (/^\d{1,6}$/.test(text) && Number(text) <= SEED_MAX ? { seed: Number(text) } : null),
    write: ({ seed }) => (seed === null ? null : String(seed)),
  },
  {
    param: 'family',
    read: (text) => (isPageFamilyId(text) ? { family: text } : null),
    write: ({ family }) => family,
  },
  {
    param: 'words',
    read: (text) => {
      const ownWords = ownWordsRead(text);
      return ownWords === null ? null : { ownWords };
    },
    // What somebody asked before is not what a link to another question shows.
    write: ({ family, ownWords }) => (family === 'free' && ownWords !== '' ? ownWords : null),
  },
  {
    param: 'level',
    read: (text) => (/^\d$/.test(text) && Number(text) <= LEVEL_MAX ? { level: Number(text) } : null),
    write: ({ level }) => (level === LEVEL_START ? null : String(level)),
  },
  orbitField('a', 'orbitA'),
  orbitField('b', 'orbitB'),
  sceneField('scene-a', 'sceneA'),
  sceneField('scene-b', 'sceneB'),
  overviewField,
  {
    param: 'lang',
    read: (text) => (isLanguage(text) ? { language: text } : null),
    write: ({ language }) => language,
  },
  {
    param: 'theme',
    read: (text) => {
      const theme = URL_THEMES.find((known) => known === text);
      return theme ? { theme } : null;
    },
    write: ({ theme }) => theme,
  },
  {
    param: 'embed',
    read: (text) => (text === '1' || text === '0' ? { isEmbedded: text === '1' } : null),
    write: ({ isEmbedded }) => (isEmbedded ? '1' : null),
  },
  {
    param: 'hide',
    read: (text) => {
      const hidden = pagePartsFromText(text);
      return hidden && { hidden };
    },
    write: ({ hidden }) => (hidden.length > 0 ? hidden.join(',') : null),
  },
];

/** Where no model is shown, nobody would answer own words: another question is asked. */
const answerable = (state: UrlState): UrlState =>
  state.family === 'free' && !isPartShown(state, 'model') ? { ...state, family: URL_DEFAULTS.family } : state;

/** @param search the part after `?`, with or without it; parameters of others are ignored */
export function urlRead(search: string): { readonly state: UrlState; readonly issues: readonly UrlIssue[] } {
  const params = new URLSearchParams(search);
  let state = URL_DEFAULTS;
  const issues: UrlIssue[] = [];
  for (const { param, read } of FIELDS) {
    const value = params.get(param);
    if (value === null) continue;
    const part = read(value);
    if (part) state = { ...state, ...part };
    else issues.push({ param, value });
  }
  // The page's own addresses always name their object and say whether it was chosen; one typed by hand means what it names.
  if (!params.has('v') && !params.has('pin') && state.objectId !== URL_DEFAULTS.objectId)
    state = { ...state, isObjectPinned: true };
  return { state: answerable(state), issues };
}

/** The address of a state, without `?`. Commas and colons stay readable. */
export const urlWrite = (state: UrlState): string =>
  FIELDS.flatMap(({ param, write }) => {
    const value = write(answerable(state));
    return value === null
      ? []
      : [`${param}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':')}`];
  }).join('&');
