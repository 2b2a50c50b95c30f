/** Long searches, one after the other: whoever asks for what is being searched already shares that search. */

interface Running<Result> {
  readonly wishes: (() => boolean)[];
  readonly result: Promise<Result>;
  isGivenUp: boolean;
}

/** @returns a function that starts a search or joins it; the search is told whether anybody still wants it */
export function searchesShared<Result>() {
  const running = new Map<string, Running<Result>>();
  let last: Promise<unknown> = Promise.resolve();
  return (
    key: string,
    start: (isWanted: () => boolean) => Promise<Result>,
    isWanted: () => boolean,
  ): Promise<Result> => {
    const same = running.get(key);
    // What has been given up ends without a result.
    if (same && !same.isGivenUp) {
      same.wishes.push(isWanted);
      return same.result;
    }
    const wishes = [isWanted];
    const isAnyWanted = (): boolean => {
      search.isGivenUp ||= !wishes.some((wish) => wish());
      return !search.isGivenUp;
    };
    const result = last
      .then(() => start(isAnyWanted))
      .finally(() => {
        if (running.get(key) === search) running.delete(key);
      });
    const search: Running<Result> = { wishes, result, isGivenUp: false };
    running.set(key, search);
    last = result.catch(() => undefined);
    return result;
  };
}
