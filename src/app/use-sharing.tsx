/** Sharing, saving and opening what is on screen: the actions, and the dialog that is open. */
import { lazy, useMemo, useState, type ReactNode } from 'react';
import type { Item } from '../contract/item';
import type { AppState } from '../state/app-state';
import { pairCurrent, posesRevealed } from '../state/selectors';
import { pairQuestionOf } from '../questions/page-families';
import { isOwnObjectId } from '../state/own-object-id';
import { partsOfEmbed } from '../state/page-parts';
import { pairItem } from '../state/pair-item';
import { pairTruth } from '../state/pair';
import type { MenuEntry } from '../ui/header-menu';
import { useT } from '../ui/i18n/use-t';
import type { NoItem } from '../ui/save-dialog';
import { SaveError } from '../ui/save-error';
import { addressOf } from './address';
import { Deferred } from './deferred';
import { fileSave } from './file-save';
import { dataUrlOf, pairPictures } from './picture-files';
import { useServices, type Services } from './services';
import { itemPick, useItems } from './use-items';

const ShareDialog = lazy(() => import('../ui/share-dialog').then((file) => ({ default: file.ShareDialog })));
const SaveDialog = lazy(() => import('../ui/save-dialog').then((file) => ({ default: file.SaveDialog })));

export interface Sharing {
  readonly share: () => void;
  readonly menu: readonly MenuEntry[];
  /** The open dialog, if there is one. */
  readonly dialog: ReactNode;
}

/** The browser's own sheet of people and programs, where it has one. */
function sendSheet(title: string): ((link: string) => void) | null {
  if (!('share' in navigator)) return null;
  // Closing the sheet rejects: that is no error.
  return (link) => void navigator.share({ title, url: link }).catch(() => undefined);
}

function pairOrThrow(state: AppState) {
  const pair = pairCurrent(state);
  if (!pair) throw new SaveError('loading');
  return pair;
}

/** Names of files hold no pose: a guess may be saved before it is answered. */
const fileStem = ({ view, guess }: AppState): string =>
  `viewpoint-${view.objectId.replaceAll(/[^\w.-]/g, '-')}${view.mode === 'guess' ? `-${guess.seed}` : ''}`;

async function pictureSave(services: Services, view: 'a' | 'b', sizePx: number): Promise<string> {
  const state = services.store.getState();
  const name = `${fileStem(state)}-${view}-${sizePx}.png`;
  fileSave(name, (await pairPictures(services, pairOrThrow(state), sizePx))[view]);
  return name;
}

async function itemOnScreen(services: Services, sizePx: number): Promise<Item> {
  const state = services.store.getState();
  const pair = pairOrThrow(state);
  const { a, b } = await pairPictures(services, pair, sizePx);
  const [urlA, urlB] = [await dataUrlOf(a), await dataUrlOf(b)];
  const question = pairQuestionOf(state.question.family);
  const item =
    question &&
    pairItem({
      pair,
      question,
      seed: state.guess.seed,
      framingPoints: (await services.library.load(pair.objectId)).framingPoints,
      pictures: { sizePx, a: urlA, b: urlB },
    });
  if (!item) throw new SaveError('ungraded');
  return item;
}

async function itemSave(services: Services, sizePx: number): Promise<string> {
  const item = await itemOnScreen(services, sizePx);
  const name = `${item.id}.json`;
  fileSave(name, new Blob([`${JSON.stringify(item, null, 1)}\n`], { type: 'application/json' }));
  return name;
}

function noItem(state: AppState): NoItem | null {
  if (!posesRevealed(state)) return 'hidden';
  const { family } = state.question;
  if (!pairQuestionOf(family)) return 'family';
  const pair = pairCurrent(state);
  return pair !== null && pairTruth(pair, family).answer.kind === 'key' ? null : 'ungraded';
}

const hasOwnWords = ({ question }: AppState): boolean => question.family === 'free' && question.ownWords !== '';

export function useSharing(): Sharing {
  const t = useT();
  const services = useServices();
  const { store } = services;
  const [open, setOpen] = useState<'share' | 'save' | null>(null);
  const itemOpen = useItems();
  const close = (): void => setOpen(null);
  const menu = useMemo<readonly MenuEntry[]>(
    () => [
      { id: 'save', label: t('save.open'), onSelect: () => setOpen('save') },
      { id: 'item', label: t('item.open'), onSelect: () => itemPick(itemOpen) },
    ],
    [t, itemOpen],
  );
  const dialog = open && (
    <Deferred onFailed={close}>
      {open === 'share' && (
        <ShareDialog
          mode={store.getState().view.mode}
          isOwnObject={isOwnObjectId(store.getState().view.objectId)}
          hasOwnWords={hasOwnWords(store.getState())}
          linkFor={(theme, hidden) => addressOf(store.getState(), { theme, isEmbedded: false, hidden })}
          embedFor={(theme, hidden) =>
            addressOf(store.getState(), { theme, isEmbedded: true, hidden: partsOfEmbed(hidden) })
          }
          onSend={sendSheet(t('app.name'))}
          onFile={fileSave}
          onClose={close}
        />
      )}
      {open === 'save' && (
        <SaveDialog
          noItem={noItem(store.getState())}
          onPicture={(view, sizePx) => pictureSave(services, view, sizePx)}
          onItem={(sizePx) => itemSave(services, sizePx)}
          onClose={close}
        />
      )}
    </Deferred>
  );
  return { share: () => setOpen('share'), menu, dialog };
}
