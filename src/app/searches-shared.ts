/**
 * Long searches, one at a time, the newest wish first: it is about what is on screen. Whoever asks for what is asked for already shares
 * that search.
 */

interface Search<Result> {
  readonly wishes: (() => boolean)[];
  readonly result: Promise<Result>;
  isGivenUp: boolean;
}

/** @returns a function that starts a search or joins it; the search is told whether anybody still wants it */
export function searchesShared<Result>() {
  const searches = new Map<string, Search<Result>>();
  const waiting: (() => Promise<void>)[] = [];
  let isBusy = false;
  const workOff = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    for (let next = waiting.pop(); next; next = waiting.pop()) await next();
    isBusy = false;
  };
  return (
    key: string,
    start: (isWanted: () => boolean) => Promise<Result>,
    isWanted: () => boolean,
  ): Promise<Result> => {
    const same = searches.get(key);
    // What has been given up ends without a result.
    if (same && !same.isGivenUp) {
      same.wishes.push(isWanted);
      return same.result;
    }
    const { promise, resolve, reject } = withResolvers<Result>();
    const search: Search<Result> = { wishes: [isWanted], result: promise, isGivenUp: false };
    const isAnyWanted = (): boolean => {
      search.isGivenUp ||= !search.wishes.some((wish) => wish());
      return !search.isGivenUp;
    };
    searches.set(key, search);
    waiting.push(async () => {
      await start(isAnyWanted).then(resolve, reject);
      if (searches.get(key) === search) searches.delete(key);
    });
    void workOff();
    return promise;
  };
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { promise, resolve, reject };
}
