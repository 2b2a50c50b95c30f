import { describe, expect, it } from 'vitest';
import { rngFromSeed } from '../core/rng';
import { sceneSpecSample } from '../core/scene-spec';
import type { Vec3 } from '../core/vec3';
import type { QuestionId } from '../questions/families';
import { fakeEngineCreate, type FakeEngine, type FakeEngineOptions } from '../testing/fake-engine';
import { appStoreCreate, type AppStore } from './app-state';
import { pairCurrent, posesRevealed, urlStateOf } from './selectors';
import { orbitsDefault } from './page-defaults';
import { exploreScene } from './page-scene';
import { pairNameOf } from './guess-slice';
import { pairTruth } from './pair';
import { SCORE_EMPTY, STORED_EMPTY } from './storage-codec';
import { URL_DEFAULTS, urlRead, urlWrite, type UrlState } from './url-codec';

const CUBE: readonly Vec3[] = [-0.5, 0.5].flatMap((x) =>
  [-0.5, 0.5].flatMap((y) => [-0.5, 0.5].map((z): Vec3 => [x, y, z])),
);

interface Page {
  readonly store: AppStore;
  readonly engine: FakeEngine;
  readonly clock: { ms: number };
}

function pageCreate(url: Partial<UrlState> = {}, engineOptions: FakeEngineOptions = {}): Page {
  const engine = fakeEngineCreate(engineOptions);
  const clock = { ms: 1000 };
  const store = appStoreCreate(
    {
      engine,
      capture: async (pair, sizePx) => {
        const view = { data: new Uint8ClampedArray(4 * sizePx * sizePx), sizePx };
        return { key: pair.key, a: view, b: view };
      },
      now: () => clock.ms,
    },
    {
      url: { ...URL_DEFAULTS, seed: 7, ...url },
      issues: [],
      stored: STORED_EMPTY,
      systemLanguage: 'en',
      seed: null,
    },
  );
  return { store, engine, clock };
}

function pageReady(...args: Parameters<typeof pageCreate>): Page {
  const page = pageCreate(...args);
  page.store.getState().view.objectReady('car', CUBE);
  return page;
}

const trueKey = (store: AppStore) => {
  const pair = pairCurrent(store.getState());
  if (!pair) throw new Error('no pair');
  const truth = pairTruth(pair, store.getState().question.family).answer;
  if (truth.kind !== 'key') throw new Error('no clear truth');
  return truth.key;
};

describe('Guess', () => {
  it('has no pair before the object is there', () => {
    const { store } = pageCreate();
    store.getState().guess.answerGive('left');
    expect(store.getState().guess).toMatchObject({ pair: null, answer: null });
  });

  it('shows the same pair for the same seed, and always one with a clear truth', () => {
    expect(pageReady().store.getState().guess.pair?.key).toBe(pageReady().store.getState().guess.pair?.key);
    const answers = new Set<string>();
    for (const family of ['ego-translation', 'object-translation', 'ego-rotation'] as QuestionId[]) {
      for (let seed = 0; seed < 40; seed++) answers.add(trueKey(pageReady({ seed, family }).store));
    }
    expect([...answers].sort()).toEqual(['left', 'none', 'right']);
  });

  it('keeps the poses to itself until the answer', () => {
    const { store } = pageReady();
    expect(posesRevealed(store.getState())).toBe(false);
    expect(urlStateOf(store.getState())).toMatchObject({ seed: 7, orbitA: null, orbitB: null });
    store.getState().guess.answerGive('left');
    expect(posesRevealed(store.getState())).toBe(true);
    expect(urlWrite(urlStateOf(store.getState()))).not.toMatch(/[ab]=-?\d+,/);
  });

  it('does not take the unanswered pair along to Explore', () => {
    const { store } = pageReady();
    const guessed = store.getState().guess.pair;
    store.getState().view.modeSet('explore');
    expect(store.getState().view.pair?.a.orbit).toEqual(orbitsDefault(CUBE).a);
    store.getState().view.modeSet('guess');
    expect(store.getState().guess).toMatchObject({ pair: guessed, answer: null });
    store.getState().guess.answerGive('left');
    store.getState().view.modeSet('explore');
    expect(store.getState().view.pair?.a.orbit).toEqual(guessed?.a.orbit);
  });

  it('grades, times and counts the first answer only', () => {
    const { store, clock } = pageReady();
    store.getState().guess.shown(store.getState().guess.pair?.key ?? '');
    clock.ms += 2400;
    const key = trueKey(store);
    store.getState().guess.answerGive(key);
    store.getState().guess.answerGive(key === 'left' ? 'right' : 'left');
    expect(store.getState().guess).toMatchObject({ answer: key, verdict: { kind: 'correct' }, answerMs: 2400 });
    expect(store.getState().guess.score['ego-translation']).toEqual({ correct: 1, total: 1 });
  });

  it('does not count an answer after a look at the model’s', () => {
    const { store } = pageReady();
    store.getState().guess.peek();
    expect(posesRevealed(store.getState())).toBe(false);
    store.getState().guess.answerGive('left');
    expect(store.getState().guess.score).toEqual(SCORE_EMPTY);
  });

  it('shows the truth to whoever asks for it, takes no answer any more and counts nothing', () => {
    const { store } = pageReady();
    const { score, run, pair } = store.getState().guess;
    store.getState().guess.giveUp();
    expect(posesRevealed(store.getState())).toBe(true);
    expect(urlWrite(urlStateOf(store.getState()))).not.toMatch(/[ab]=-?\d+,/);
    store.getState().guess.answerGive(trueKey(store));
    expect(store.getState().guess).toMatchObject({ answer: null, verdict: null, score, run });
    store.getState().question.familySet('ego-rotation');
    expect(store.getState().guess).toMatchObject({ seed: 8, gaveUp: false });
    expect(store.getState().guess.pair?.key).not.toBe(pair?.key);
  });

  it('does not give up what is answered, or not there', () => {
    const page = pageCreate();
    page.store.getState().guess.giveUp();
    expect(posesRevealed(page.store.getState())).toBe(false);
    const { store } = pageReady();
    store.getState().guess.answerGive('left');
    store.getState().guess.giveUp();
    expect(store.getState().guess.gaveUp).toBe(false);
  });

  it('goes on to another seed, unanswered', () => {
    const { store } = pageReady();
    const before = store.getState().guess.pair;
    store.getState().guess.answerGive('left');
    store.getState().guess.next();
    expect(store.getState().guess).toMatchObject({ seed: 8, answer: null, verdict: null });
    expect(store.getState().guess.pair?.key).not.toBe(before?.key);
  });

  it('never asks again what was answered or peeked at', () => {
    const { store } = pageReady();
    const first = store.getState().guess.pair;
    store.getState().guess.answerGive('left');
    store.getState().question.familySet('ego-rotation');
    store.getState().question.familySet('ego-translation');
    expect(store.getState().guess).toMatchObject({ answer: null, seed: 8 });
    expect(store.getState().guess.pair?.key).not.toBe(first?.key);
    store.getState().guess.peek();
    store.getState().view.objectChoose('mug');
    store.getState().view.objectReady('mug', CUBE);
    expect(store.getState().guess).toMatchObject({ seed: 9, peeked: false });
  });

  it('takes the count of an answer back when nobody could have known it', () => {
    const { store } = pageReady();
    const { score, run, levelNext } = store.getState().guess;
    const name = pairNameOf(store.getState());
    store.getState().guess.settle(name, true);
    expect(store.getState().guess.verdict).toBeNull();
    store.getState().guess.answerGive(trueKey(store));
    expect(store.getState().guess.run.streak).toBe(1);
    store.getState().guess.settle({ ...name, seed: 4711 }, true);
    store.getState().guess.settle({ ...name, family: 'ego-rotation' }, true);
    expect(store.getState().guess.verdict).toEqual({ kind: 'correct' });
    store.getState().guess.settle(name, true);
    expect(store.getState().guess).toMatchObject({ score, open: [], run, levelNext, tookBack: false });
    expect(store.getState().guess.verdict).toEqual({ kind: 'ungraded', reason: 'ambiguous' });
  });

  it('lets the seed pick objects until somebody chooses one', () => {
    const { store } = pageReady();
    store.getState().view.objectIdsSet(['car', 'mug', 'chair']);
    const seen = new Set<string>();
    for (let i = 0; i < 20; i++) {
      store.getState().guess.next();
      seen.add(store.getState().view.objectId);
    }
    expect(seen.size).toBe(3);
    store.getState().view.objectChoose('mug');
    for (let i = 0; i < 5; i++) store.getState().guess.next();
    expect(store.getState().view.objectId).toBe('mug');
  });
});

describe('own words', () => {
  it('are those of the link that was opened, and asked of the model as they are', async () => {
    const ownWords = 'Which wheel is nearer in view B?';
    const { store, engine } = pageReady(urlRead(urlWrite({ ...URL_DEFAULTS, family: 'free', ownWords })).state);
    expect(store.getState().question).toMatchObject({ family: 'free', ownWords, answer: null });
    expect(store.getState().guess.answer).toBeNull();
    await store.getState().model.load();
    await store.getState().model.ask();
    expect(engine.calls.at(-1)?.prompt).toContain(ownWords);
  });

  it('go into the link as they were asked, whatever was typed around them', () => {
    const { store } = pageReady({ family: 'free' });
    store.getState().question.ownWordsSet('  Which\tis nearer?\ud83d ');
    const { state, issues } = urlRead(urlWrite(urlStateOf(store.getState())));
    expect(state.ownWords).toBe('Which is nearer?');
    expect(issues).toEqual([]);
  });
});

describe('objects', () => {
  it('names the one that failed and falls back to the car', () => {
    const { store } = pageCreate({ objectId: 'unicorn' });
    store.getState().view.objectFailed('unicorn', { kind: 'unknown' });
    expect(store.getState().view).toMatchObject({
      objectId: 'car',
      notices: [{ kind: 'object', objectId: 'unicorn' }],
    });
    store.getState().view.objectReady('car', CUBE);
    expect(store.getState().guess.pair).not.toBeNull();
  });

  it('ignores one that arrives too late', () => {
    const { store } = pageCreate();
    store.getState().view.objectChoose('mug');
    store.getState().view.objectReady('car', CUBE);
    expect(store.getState().view.object.kind).toBe('loading');
  });
});

describe('Explore', () => {
  it('restores cameras from the address and writes them back', () => {
    const orbitA = { azimuthDeg: 10, elevationDeg: 5, distanceM: 4 };
    const { store } = pageReady({ mode: 'explore', orbitA });
    expect(urlStateOf(store.getState())).toMatchObject({ orbitA, orbitB: orbitsDefault(CUBE).b });
  });

  it('finds the same pair, with the same options, behind its own link', () => {
    const { store } = pageReady({ mode: 'explore', family: 'magnitude' });
    const { a, b } = orbitsDefault(CUBE);
    store.getState().view.orbitsCommit({ a, b: { ...b, azimuthDeg: 77.123456789, distanceM: 4.98765432 } });
    const { state } = urlRead(urlWrite(urlStateOf(store.getState())));
    expect(pageReady(state).store.getState().view.pair?.key).toBe(store.getState().view.pair?.key);
  });

  it('finds the light and the backdrop of an opened item behind the link to it, and its own again with another object', () => {
    const { store } = pageReady();
    const { a, b } = orbitsDefault(CUBE);
    const [rngA, rngB] = [rngFromSeed('a'), rngFromSeed('b')];
    store.getState().view.itemShow('car', { a, b }, { a: sceneSpecSample(rngA), b: sceneSpecSample(rngB) });
    store.getState().view.orbitsCommit({ a: { ...a }, b: { ...b } });
    const { state, issues } = urlRead(urlWrite(urlStateOf(store.getState())));
    expect(issues).toEqual([]);
    expect(pageReady(state).store.getState().view.pair?.key).toBe(store.getState().view.pair?.key);
    store.getState().view.objectChoose('mug');
    expect(urlWrite(urlStateOf(store.getState()))).not.toContain('scene');
  });

  it('takes no step back from an item to cameras under another light, and gets its own light again', () => {
    const { store } = pageReady();
    const { a, b } = orbitsDefault(CUBE);
    store.getState().view.orbitsCommit({ a, b: { ...b, azimuthDeg: 90 } });
    const own = store.getState().view.scenes;
    const lit = { a: sceneSpecSample(rngFromSeed('a')), b: sceneSpecSample(rngFromSeed('b')) };
    store.getState().view.itemShow('car', { a, b }, lit);
    expect(store.getState().view.history.past).toEqual([]);
    store.getState().view.scenesReset();
    expect(store.getState().view.scenes).toEqual(own);
    expect(store.getState().view.pair).toMatchObject({ b: { scene: own.b, orbit: b } });
    store.getState().view.itemShow('car', { a, b: { ...b, azimuthDeg: 45 } }, own);
    expect(store.getState().view.history.past).toHaveLength(1);
  });

  it('keeps the cameras of a link whose object does not come', () => {
    const orbitA = { azimuthDeg: 10, elevationDeg: 5, distanceM: 4 };
    const { store } = pageCreate({ mode: 'explore', orbitA });
    store.getState().view.orbitsCommit({ a: orbitsDefault(CUBE).a, b: orbitsDefault(CUBE).b });
    store.getState().view.objectFailed('car', { kind: 'connection' });
    expect(urlStateOf(store.getState())).toMatchObject({ orbitA });
  });

  it('says nothing of a light that is its own, in whatever file it came', () => {
    const { store } = pageReady();
    const orbits = orbitsDefault(CUBE);
    for (const family of ['ego-rotation', 'decoupled'] as const) {
      const own = exploreScene(family);
      store.getState().question.familySet(family);
      store.getState().view.itemShow('car', orbits, { a: structuredClone(own), b: structuredClone(own) });
      expect(urlStateOf(store.getState())).toMatchObject({ sceneA: null, sceneB: null });
    }
  });

  it('finds an item lit as the studio behind its link although its question has a floor of its own', () => {
    const { store } = pageReady({ mode: 'explore', family: 'decoupled' });
    const studio = exploreScene('ego-rotation');
    store
      .getState()
      .view.itemShow('car', orbitsDefault(CUBE), { a: structuredClone(studio), b: structuredClone(studio) });
    store.getState().view.orbitsCommit(orbitsDefault(CUBE));
    const { state, issues } = urlRead(urlWrite(urlStateOf(store.getState())));
    expect(issues).toEqual([]);
    const again = pageReady(state).store.getState().view;
    expect(again.scenes).toEqual({ a: studio, b: studio });
    expect(again.pair?.key).toBe(store.getState().view.pair?.key);
  });

  it('remembers number and difficulty of the last seeded pair apart from each other', () => {
    const { store } = pageReady({ mode: 'explore' });
    store.getState().view.drawnSet({ level: 4 });
    store.getState().view.drawnSet({ seed: 12 });
    expect(store.getState().view.drawn).toEqual({ seed: 12, level: 4 });
  });

  it('forgets the answer when a camera moves', () => {
    const { store } = pageReady({ mode: 'explore' });
    store.getState().question.answerSet('left');
    const { a, b } = orbitsDefault(CUBE);
    store.getState().view.orbitsCommit({ a, b: { ...b, azimuthDeg: 90 } });
    expect(store.getState().question.answer).toBeNull();
  });
});

describe('the model', () => {
  it('answers about the pair on screen, in the wording of the prompts', async () => {
    const { store, engine } = pageReady();
    await store.getState().model.load();
    await store.getState().model.ask();
    const { answer } = store.getState().model;
    expect(answer).toMatchObject({ kind: 'answered', best: 'right' });
    expect(engine.calls.at(-1)?.prompt).toContain('Answer in words.');
  });

  it('does not answer the same question twice', async () => {
    const { store, engine } = pageReady();
    await store.getState().model.load();
    await store.getState().model.ask();
    await store.getState().model.ask();
    expect(engine.calls.filter(({ kind }) => kind === 'score')).toHaveLength(1);
  });

  it('drops an answer that comes after the next pair', async () => {
    const releases: (() => void)[] = [];
    const gate = (call: string) =>
      call === 'score' ? new Promise<void>((resolve) => releases.push(resolve)) : Promise.resolve();
    const { store } = pageReady({}, { gate });
    await store.getState().model.load();
    const first = store.getState().model.ask();
    await Promise.resolve();
    store.getState().guess.next();
    const second = store.getState().model.ask();
    await new Promise((resolve) => setTimeout(resolve));
    const key = store.getState().guess.pair?.key ?? '?';
    releases.forEach((release) => release());
    await Promise.all([first, second]);
    expect(store.getState().model.answer).toMatchObject({ kind: 'answered', key: `ego-translation|${key}` });
  });

  it('says what failed and loads on a second try', async () => {
    const { store, engine } = pageReady({}, { loadFailure: 'model/missing' });
    await store.getState().model.load();
    expect(store.getState().model.status).toMatchObject({ kind: 'failed', error: { code: 'model/missing' } });
    engine.mend();
    await store.getState().model.load();
    expect(store.getState().model.status.kind).toBe('ready');
  });

  it('keeps a failed answer apart from the model itself', async () => {
    const { store, engine } = pageReady({}, { scoreFailure: 'inference/deadline' });
    await store.getState().model.load();
    await store.getState().model.ask();
    expect(store.getState().model).toMatchObject({ status: { kind: 'ready' }, answer: { kind: 'failed' } });
    engine.mend();
    await store.getState().model.ask();
    expect(store.getState().model.answer.kind).toBe('answered');
  });

  it('thinks aloud, can be stopped, and is silent about the next pair', async () => {
    const { store } = pageReady();
    await store.getState().model.load();
    await store.getState().model.reason();
    expect(store.getState().model.reasoning).toMatchObject({ kind: 'done', finish: 'end', answer: 'right' });
    store.getState().guess.next();
    expect(store.getState().model.reasoning.kind).toBe('none');
  });
});
