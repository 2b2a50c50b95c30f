/** Opens items from the file dialog and from drops. A file that is none leaves the page as it was and says why. */
import { useCallback, useEffect, useRef } from 'react';
import { isBroadFamilyId } from '../questions/broad-families';
import { isQuestionId } from '../questions/families';
import { messageOf } from '../state/error-message';
import type { ItemReason } from '../state/item-reason';
import { placeAddressed } from '../state/url-codec';
import type { ItemShown } from './item-read';
import { useServices, type Services } from './services';

const isItemFile = ({ name, type }: File): boolean => /\.json$/i.test(name) || type === 'application/json';

/** What somebody chose to see. Cameras on their way count as arrived; null: they have no place before the page's first object. */
function wishOf({ store, flights }: Pick<Services, 'store' | 'flights'>) {
  const { view, guess, question } = store.getState();
  const [a, b] = [flights.arrival('a'), flights.arrival('b')];
  const isGuess = view.mode === 'guess';
  return {
    pair: [view.mode, view.objectId, ...(isGuess ? [guess.seed, guess.run.level, question.family] : [])].join('|'),
    cameras: isGuess || !view.pair ? null : JSON.stringify([placeAddressed(a, b), placeAddressed(b, a)]),
  };
}

/** Tells later whether somebody has gone on with another pair by then. An object that comes and a camera that arrives are no such step. */
export function wishHold(services: Pick<Services, 'store' | 'flights'>): () => boolean {
  const { pair, cameras } = wishOf(services);
  return () => {
    const now = wishOf(services);
    return now.pair === pair && (cameras === null || now.cameras === cameras);
  };
}

/** A reason, or null when the item is on screen, or when it is not the newest. */
async function itemShow(
  { library, store }: Services,
  item: ItemShown,
  isNewest: () => boolean,
  isStillWished: () => boolean,
): Promise<ItemReason | null> {
  const { objectId, question, orbits, scenes, given } = item;
  if (!isQuestionId(question) && !isBroadFamilyId(question)) return { kind: 'question', question };
  // Objects by address would make the page fetch from wherever a file says.
  if (objectId.startsWith('url:')) return { kind: 'object', object: objectId };
  try {
    await library.load(objectId);
  } catch {
    return { kind: 'object', object: objectId };
  }
  if (!isNewest()) return null;
  if (!isStillWished()) return { kind: 'late' };
  // A question that comes later would light the item as its own.
  store.getState().question.familySet(question);
  store.getState().view.itemShow(objectId, orbits, scenes, given);
  return null;
}

/** A lone JSON file. With others beside it, it may be part of a mesh: that is not for here to take. */
function itemOf(files: FileList | undefined): File | null {
  const [file, ...others] = [...(files ?? [])];
  return file && others.length === 0 && isItemFile(file) ? file : null;
}

export function useItems(): (file: File) => void {
  const services = useServices();
  const newest = useRef<File | null>(null);
  const open = useCallback(
    async (file: File) => {
      newest.current = file;
      const { store } = services;
      const { noticeAdd } = store.getState().view;
      // Another item was opened since, or somebody went on with another pair: an object that took long replaces neither.
      const isNewest = (): boolean => newest.current === file;
      const isStillWished = wishHold(services);
      // The schema comes with the first file.
      const reader = await import('./item-read').catch((error: unknown) => {
        noticeAdd({ kind: 'part', message: messageOf(error) });
      });
      if (!reader) return;
      const reading = await reader.itemFromFile(file);
      const reason = reading.ok ? await itemShow(services, reading.item, isNewest, isStillWished) : reading.reason;
      if (reason) noticeAdd({ kind: 'item', file: file.name, reason });
    },
    [services],
  );
  useEffect(() => {
    // Before the page's own drop handler, which leaves to others what they have taken.
    const drop = (event: DragEvent): void => {
      const file = itemOf(event.dataTransfer?.files);
      if (!file) return;
      event.preventDefault();
      void open(file);
    };
    window.addEventListener('drop', drop, { capture: true });
    return () => window.removeEventListener('drop', drop, { capture: true });
  }, [open]);
  return useCallback((file) => void open(file), [open]);
}

/** The browser's file dialog; call it from a click. */
export function itemPick(onFile: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) onFile(file);
  };
  input.click();
}
