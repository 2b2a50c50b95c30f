/** The choice of an object: search, tiles in groups, keys. On phones a sheet from below. */
import { useEffect, useId, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import { useT } from './i18n/use-t';
import { objectSections } from './object-choice';
import { ObjectCreditLine } from './object-credit';
import type { ObjectPickerProps } from './object-picker';
import { ObjectTiles } from './object-tiles';
import { OwnObjectList } from './own-object-list';
import { isTileKey, tileStep } from './tile-step';
import { useBesideClose } from './use-beside-close';

export interface ObjectDialogProps extends ObjectPickerProps {
  readonly anchor: { readonly topPx: number; readonly rightPx: number };
  readonly onClose: () => void;
}

/** A keyboard that would cover half of the screen must not open by itself. */
const isTouch = (): boolean => window.matchMedia('(hover: none) and (pointer: coarse)').matches;

const tilesOf = (list: HTMLElement | null): HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('[role="option"]') ?? []),
];

export function ObjectDialog(props: ObjectDialogProps) {
  const { objects, objectId, anchor, onClose, onObject, onOwnObject, onOwnKeep, onOwnRemove } = props;
  const t = useT();
  const listId = useId();
  const besideClose = useBesideClose();
  const dialog = useRef<HTMLDialogElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [activeId, setActiveId] = useState(objectId);
  const sections = useMemo(() => objectSections(objects, query), [objects, query]);
  const shown = sections.flatMap((section) => section.objects);
  const active = shown.find(({ id }) => id === activeId) ?? shown[0] ?? null;
  const optionId = (id: string): string => `${listId}-${id}`;

  useEffect(() => {
    dialog.current?.showModal();
    (isTouch() ? list : search).current?.focus();
  }, []);
  const activeOptionId = active && optionId(active.id);
  useEffect(() => {
    if (activeOptionId) document.getElementById(activeOptionId)?.scrollIntoView({ block: 'nearest' });
  }, [activeOptionId]);

  const place = { '--objects-top': `${anchor.topPx}px`, '--objects-right': `${anchor.rightPx}px` } as CSSProperties;
  const choose = (id: string | null): void => {
    dialog.current?.close();
    onObject(id);
  };

  const keyDown = (event: KeyboardEvent): void => {
    // The page's own keys would answer the question.
    event.stopPropagation();
    const { key, target } = event;
    const isSearch = target === search.current;
    if (event.nativeEvent.isComposing || (!isSearch && target !== list.current)) return;
    if (key === 'Enter' && active) {
      event.preventDefault();
      choose(active.id);
      return;
    }
    const isCaretKey = key === 'ArrowLeft' || key === 'ArrowRight' || key === 'Home' || key === 'End';
    if (isTileKey(key) && !(isSearch && query !== '' && isCaretKey)) {
      event.preventDefault();
      const places = tilesOf(list.current).map((tile) => tile.getBoundingClientRect());
      const next = shown[tileStep(places, active ? shown.indexOf(active) : -1, key)];
      if (next) setActiveId(next.id);
      return;
    }
    // What is typed over the tiles is a search: the letter lands in the field.
    if (!isSearch && key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey)
      search.current?.focus();
  };

  return (
    <dialog
      ref={dialog}
      className="objects"
      aria-label={t('objects.title')}
      style={place}
      onClose={onClose}
      onKeyDown={keyDown}
      {...besideClose}
    >
      <div className="objects__frame">
        <div className="objects__head">
          <input
            ref={search}
            className="objects__search"
            type="search"
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={activeOptionId ?? undefined}
            aria-label={t('objects.search')}
            placeholder={t('objects.search')}
            autoComplete="off"
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          <button
            type="button"
            className="icon-button"
            aria-label={t('dialog.close')}
            onClick={() => dialog.current?.close()}
          >
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M5.5 5.5l9 9m0-9-9 9" />
            </svg>
          </button>
        </div>
        <div className="objects__actions">
          <button type="button" className="button" onClick={() => choose(null)}>
            {t('object.any')}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => {
              dialog.current?.close();
              onOwnObject();
            }}
          >
            {t('objects.own')}
          </button>
        </div>
        <div className="objects__scroll">
          <ObjectTiles
            listRef={list}
            id={listId}
            sections={sections}
            objectId={objectId}
            activeId={active?.id ?? null}
            optionId={optionId}
            onObject={choose}
          />
          {shown.length === 0 && (
            <p className="objects__none" role="status">
              {t('objects.none', { query })}
            </p>
          )}
          <OwnObjectList
            objects={objects.filter(({ group }) => group === 'own')}
            onKeep={onOwnKeep}
            onRemove={onOwnRemove}
          />
        </div>
        <ObjectCreditLine object={active} />
        <p className="objects__hint only-keys">{t('objects.hint')}</p>
      </div>
    </dialog>
  );
}
