/** The page's address: follows the state while it changes, and as a link to give away. */
import type { AppState } from '../state/app-state';
import { urlStateOf } from '../state/selectors';
import type { UrlState } from '../state/url-codec';
import { urlWrite } from '../state/url-codec';
import type { Services } from './services';

/** Browsers refuse addresses that change too often: Safari after 100 in 30 seconds. */
const ADDRESS_EVERY_MS = 400;

function addressWrite(state: AppState): void {
  // Cameras that wait for their object must not be wiped off the address.
  if (state.view.object.kind === 'loading') return;
  const search = `?${urlWrite(urlStateOf(state))}`;
  if (search !== window.location.search) window.history.replaceState(null, '', search + window.location.hash);
}

export function addressFollows({ store }: Services): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBehind = false;
  const write = (): void => {
    isBehind = false;
    addressWrite(store.getState());
  };
  const rested = (): void => {
    timer = undefined;
    if (isBehind) follow();
  };
  const follow = (): void => {
    if (timer !== undefined) {
      isBehind = true;
      return;
    }
    write();
    timer = setTimeout(rested, ADDRESS_EVERY_MS);
  };
  // A reload comes back to the last state, not to one of 400 ms ago.
  const leave = (): void => {
    if (isBehind) write();
  };
  follow();
  const unsubscribe = store.subscribe(follow);
  window.addEventListener('pagehide', leave);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    window.removeEventListener('pagehide', leave);
  };
}

/** The address of the state on screen, with changes for whoever opens it. */
export function addressOf(state: AppState, changes: Partial<UrlState>): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}?${urlWrite({ ...urlStateOf(state), ...changes })}`;
}
