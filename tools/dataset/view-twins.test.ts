/** Twins: which places are compared, which of them look the same, and the file that says so. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { orbitFromPosition } from '../../src/core/camera-pose';
import { rngFromSeed } from '../../src/core/rng';
import { ANSWERABILITY_RULE } from '../../src/questions/answerability';
import { boxPoints } from './sample-objects.test-helper';
import { twinsCard, twinsRead, twinsWrite } from './twin-files';
import { sampleViews } from './view-rows';
import { GRID_AZIMUTHS, twinLooks, twinPoses, TWINS_HEADER, twinsFind, type TwinRow } from './view-twins';

const PIXELS = 400;

/** A picture whose first pixels are white. */
function picture(white: number): Uint8Array {
  const rgba = new Uint8Array(PIXELS * 4);
  rgba.fill(255, 0, white * 4);
  return rgba;
}

/** One elevation, or two of them, of an object whose picture is a function of the azimuth's step. */
const level = (whiteAt: (step: number) => number): Uint8Array[] =>
  Array.from({ length: GRID_AZIMUTHS }, (_, step) => picture(whiteAt(step)));

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'viewpoint-twins-'));
  folders.push(folder);
  return folder;
}

describe('twinLooks', () => {
  it.each([1, 2] as const)(
    'recipe %i: one look for each rule of light, never on a ground fixed to the world',
    (recipe) => {
      for (let seed = 0; seed < 12; seed++) {
        const views = sampleViews(recipe, rngFromSeed(`looks/${seed}`), boxPoints(`box/${seed}`));
        const plain = views.filter(({ spec }) => !('worldGround' in spec));
        const looks = twinLooks(views);
        const rules = looks.map(({ scene }) => scene.light.rule);
        expect(new Set(rules)).toEqual(new Set(plain.map(({ spec }) => spec.light.rule)));
        expect(new Set(rules).size).toBe(rules.length);
        for (const { scene, elevationsDeg } of looks) {
          expect(scene.worldGround).toBeUndefined();
          const own = plain.filter(({ spec }) => spec.light.rule === scene.light.rule);
          const levels = new Set(own.map(({ elevationDeg }) => elevationDeg));
          expect(elevationsDeg.every((deg) => levels.has(deg))).toBe(true);
        }
      }
    },
  );
});

describe('twinPoses', () => {
  it('goes all the way round on each elevation', () => {
    const [look] = twinLooks(sampleViews(2, rngFromSeed('round'), boxPoints('round')));
    if (!look) throw new Error('no look');
    const orbits = twinPoses(look).map(({ positionWorld }) => orbitFromPosition(positionWorld));
    expect(orbits).toHaveLength(GRID_AZIMUTHS * look.elevationsDeg.length);
    orbits.forEach(({ azimuthDeg, elevationDeg }, place) => {
      const step = place % GRID_AZIMUTHS;
      expect((azimuthDeg + 360) % 360).toBeCloseTo(step * ANSWERABILITY_RULE.azimuthStepDeg, 6);
      expect(elevationDeg).toBeCloseTo(look.elevationsDeg[Math.floor(place / GRID_AZIMUTHS)] as number, 6);
    });
  });
});

describe('twinsFind', () => {
  it('finds none where every place differs enough', () => {
    expect(twinsFind(level((step) => step * 10))).toEqual({ alike: {}, closestShare: 10 / PIXELS });
  });

  it('finds a fourfold object, and both sides of a mirror', () => {
    const fourfold = twinsFind(level((step) => (step % 9) * 10)).alike;
    expect(fourfold[2]).toEqual([11, 20, 29]);
    expect(Object.keys(fourfold)).toHaveLength(GRID_AZIMUTHS);
    const mirrored = twinsFind(level((step) => Math.min(step, GRID_AZIMUTHS - step) * 10)).alike;
    expect(mirrored[1]).toEqual([35]);
    expect(mirrored[0]).toBeUndefined();
  });

  it('compares two elevations only after turns by a quarter', () => {
    const { alike } = twinsFind([...level(() => 0), ...level(() => 0)]);
    const others = alike[3] as readonly number[];
    expect(others.filter((place) => place < GRID_AZIMUTHS)).toHaveLength(GRID_AZIMUTHS - 1);
    expect(others.filter((place) => place >= GRID_AZIMUTHS)).toEqual([39, 48, 57, 66]);
  });

  it('counts what is just below the threshold, and not the threshold itself', () => {
    const least = ANSWERABILITY_RULE.changedShareMin * PIXELS;
    const pair = (changed: number) => twinsFind([picture(0), picture(changed)]).alike;
    expect(pair(least)).toEqual({});
    expect(pair(least - 1)).toEqual({ 0: [1], 1: [0] });
  });
});

describe('twins.jsonl', () => {
  const row = (objectIndex: number, alike: TwinRow['alike']): TwinRow => ({
    object: `box-${objectIndex}`,
    objectIndex,
    lightRule: 'camera',
    elevationsDeg: [10],
    alike,
    closestShare: 0,
  });

  it('is read as it was written, and says what rule it was made by', () => {
    const folder = temporaryFolder();
    expect(twinsRead(folder)).toBeNull();
    const rows = [row(0, {}), row(1, { 0: [9], 9: [0] })];
    twinsWrite(folder, rows);
    expect(twinsRead(folder)).toEqual(rows);
    const [header] = readFileSync(join(folder, 'twins.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(header as string)).toEqual(TWINS_HEADER);
  });

  it('of another threshold counts as none', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'twins.jsonl'), `${JSON.stringify({ ...TWINS_HEADER, changedShareMin: 0.5 })}\n`);
    expect(twinsRead(folder)).toBeNull();
  });

  it('is counted for the card once every shard has one', () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    twinsWrite(first, [row(0, { 0: [9], 9: [0] }), row(1, {})]);
    expect(twinsCard([first, second])).toBeNull();
    twinsWrite(second, [row(0, {})]);
    expect(twinsCard([first, second])).toEqual({
      version: TWINS_HEADER.version,
      objects: 3,
      objectsWithTwins: 1,
      twinShare: 2 / (3 * GRID_AZIMUTHS),
    });
  });
});
