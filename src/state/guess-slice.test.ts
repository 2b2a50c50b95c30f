import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../core/vec3';
import { fakeEngineCreate } from '../testing/fake-engine';
import { appStoreCreate, type AppStore } from './app-state';
import { pairNameOf } from './guess-slice';
import { pairTruth } from './pair';
import { pairCurrent, urlStateOf } from './selectors';
import { STORED_EMPTY, type Stored } from './storage-codec';
import { URL_DEFAULTS, urlRead, urlWrite, type UrlState } from './url-codec';

const POINTS: readonly Vec3[] = [
  [-0.5, -0.5, -0.5],
  [0.5, 0.5, 0.5],
];

function pageReady(url: Partial<UrlState> = {}, stored: Partial<Stored> = {}): AppStore {
  const store = appStoreCreate(
    { engine: fakeEngineCreate(), capture: () => Promise.reject(new Error('no pictures here')), now: () => 0 },
    {
      url: { ...URL_DEFAULTS, seed: 7, ...url },
      issues: [],
      stored: { ...STORED_EMPTY, ...stored },
      systemLanguage: 'en',
      seed: null,
    },
  );
  store.getState().view.objectReady('car', POINTS);
  return store;
}

function trueKey(store: AppStore): string {
  const pair = pairCurrent(store.getState());
  if (!pair) throw new Error('no pair');
  const truth = pairTruth(pair, store.getState().question.family).answer;
  if (truth.kind !== 'key') throw new Error('no clear truth');
  return truth.key;
}

const falseKey = (store: AppStore): string => (trueKey(store) === 'left' ? 'right' : 'left');

describe('an answer that does not count', () => {
  it('takes an answer back when another pair stands there by now, and the row that it broke goes on', () => {
    const store = pageReady();
    const guess = () => store.getState().guess;
    guess().answerGive(trueKey(store));
    guess().next();
    const unknowable = pairNameOf(store.getState());
    guess().answerGive(falseKey(store));
    guess().next();
    guess().answerGive(trueKey(store));
    expect(guess().run).toMatchObject({ streak: 1, bestStreak: 1 });
    guess().settle(unknowable, true);
    expect(guess()).toMatchObject({ verdict: { kind: 'correct' }, tookBack: true, run: { streak: 2, bestStreak: 2 } });
    expect(guess().score['ego-translation']).toEqual({ correct: 2, total: 2 });
    // Once is enough.
    guess().settle(unknowable, true);
    expect(guess().score['ego-translation']).toEqual({ correct: 2, total: 2 });
    guess().next();
    expect(guess().tookBack).toBe(false);
  });

  it('does not take back what a score that started again no longer holds', () => {
    const store = pageReady();
    const answered = pairNameOf(store.getState());
    store.getState().guess.answerGive(trueKey(store));
    store.getState().guess.next();
    store.getState().guess.scoreReset();
    store.getState().guess.answerGive(trueKey(store));
    store.getState().guess.settle(answered, true);
    expect(store.getState().guess.score['ego-translation']).toEqual({ correct: 1, total: 1 });
  });

  it.each(['right', 'wrong'])(
    'is taken back at a later visit when it was %s and the first one did not learn of it',
    (how) => {
      const first = pageReady();
      first.getState().guess.answerGive(how === 'right' ? trueKey(first) : falseKey(first));
      const { seen, score, open } = first.getState().guess;
      expect(open).toEqual([{ ...pairNameOf(first.getState()), isCorrect: how === 'right' }]);
      const url = urlRead(urlWrite(urlStateOf(first.getState()))).state;
      const store = pageReady(url, { seen, score, open });
      const guess = () => store.getState().guess;
      const name = pairNameOf(store.getState());
      // An answer of this visit has a row of its own.
      guess().next();
      guess().answerGive(trueKey(store));
      guess().settle(name, true);
      expect(guess()).toMatchObject({ tookBack: true, verdict: { kind: 'correct' }, run: { streak: 1 } });
      expect(guess().score['ego-translation']).toEqual({ correct: 1, total: 1 });
      expect(guess().open.map(({ seed }) => seed)).toEqual([8]);
      guess().settle(pairNameOf(store.getState()), false);
      expect(guess().open).toEqual([]);
      expect(guess().score['ego-translation']).toEqual({ correct: 1, total: 1 });
    },
  );

  it('tells of an earlier answer while the same pair is asked again, and of the pair itself once it is answered', () => {
    const first = pageReady();
    first.getState().guess.answerGive('left');
    const { seen, score, open } = first.getState().guess;
    const again = pageReady({}, { seen, score, open });
    const name = pairNameOf(again.getState());
    again.getState().guess.settle(name, true);
    expect(again.getState().guess).toMatchObject({ tookBack: true, verdict: null, open: [] });
    const answered = pageReady({}, { seen, score, open });
    answered.getState().guess.answerGive('left');
    answered.getState().guess.settle(name, true);
    expect(answered.getState().guess).toMatchObject({ tookBack: false, verdict: { reason: 'ambiguous' }, open: [] });
    expect(answered.getState().guess.score['ego-translation'].total).toBe(0);
  });

  it('leaves no negative score behind where the kept one was changed by hand', () => {
    const store = pageReady({}, { open: [{ ...pairNameOf(pageReady().getState()), isCorrect: true }] });
    store.getState().guess.settle(pairNameOf(store.getState()), true);
    expect(store.getState().guess.score['ego-translation']).toEqual({ correct: 0, total: 0 });
  });

  it.each(['answered', 'given up', 'peeked at'])(
    'asks a pair that was %s in this browser again, and does not count it',
    (how) => {
      const first = pageReady();
      if (how === 'answered') first.getState().guess.answerGive('left');
      else if (how === 'given up') first.getState().guess.giveUp();
      else first.getState().guess.peek();
      expect(first.getState().guess.isRepeat).toBe(false);
      const { seen, score } = first.getState().guess;
      const url = urlRead(urlWrite(urlStateOf(first.getState()))).state;
      const store = pageReady(url, { seen, score });
      expect(store.getState().guess).toMatchObject({ answer: null, isRepeat: true });
      store.getState().guess.answerGive(trueKey(store));
      expect(store.getState().guess).toMatchObject({ verdict: { kind: 'correct' }, score, run: { streak: 0 } });
      // Another question, another difficulty and the next pair are others.
      store.getState().guess.next();
      expect(store.getState().guess.isRepeat).toBe(false);
      for (const other of [{ family: 'ego-rotation' }, { level: 3 }] as const)
        expect(pageReady({ ...url, ...other }, { seen }).getState().guess.isRepeat).toBe(false);
      // Whoever gets the link has seen nothing.
      expect(pageReady(url).getState().guess.isRepeat).toBe(false);
    },
  );

  it('counts pairs afresh once the score starts again', () => {
    const store = pageReady();
    store.getState().guess.answerGive(trueKey(store));
    store.getState().guess.scoreReset();
    store.getState().guess.deal(7, 2);
    expect(store.getState().guess.isRepeat).toBe(false);
  });

  it('hears what another tab has seen, before the answer only', () => {
    const store = pageReady();
    const other = pageReady();
    other.getState().guess.answerGive('left');
    const kept = other.getState().guess;
    store.getState().guess.storedAdopt(kept);
    expect(store.getState().guess).toMatchObject({ isRepeat: true, score: kept.score, open: kept.open });
    other.getState().guess.storedAdopt(kept);
    expect(other.getState().guess).toMatchObject({ isRepeat: false, answer: 'left' });
    // There the score began afresh, and something else was answered already.
    store.getState().guess.storedAdopt({ ...kept, seen: ['something else'] });
    expect(store.getState().guess.isRepeat).toBe(false);
    store.getState().guess.storedAdopt(STORED_EMPTY);
    expect(store.getState().guess).toMatchObject({ isRepeat: false, score: STORED_EMPTY.score, open: [], seen: [] });
  });
});

describe('a pair that somebody names', () => {
  it('is one of the object on screen where it was named for that, whatever the seed would pick', () => {
    const store = pageReady();
    const { view, guess } = store.getState();
    view.objectIdsSet(['mug']);
    guess.deal(5, 2, true);
    expect(store.getState().view).toMatchObject({ objectId: 'car', objectPinned: false });
    expect(store.getState().guess).toMatchObject({ seed: 5, pair: { objectId: 'car' } });
    guess.deal(5, 2);
    expect(store.getState().view.objectId).toBe('mug');
  });
});
