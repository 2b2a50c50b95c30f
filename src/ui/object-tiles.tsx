/** Objects as tiles with pictures, in groups: one list to the keyboard and to screen readers. */
import type { Ref } from 'react';
import { useT } from './i18n/use-t';
import type { ObjectSection } from './object-choice';

export interface ObjectTilesProps {
  readonly listRef: Ref<HTMLDivElement>;
  readonly id: string;
  readonly sections: readonly ObjectSection[];
  /** The object that stands there now. */
  readonly objectId: string;
  /** The tile that Enter would choose. */
  readonly activeId: string | null;
  readonly optionId: (id: string) => string;
  readonly onObject: (id: string) => void;
}

export function ObjectTiles({ listRef, id, sections, objectId, activeId, optionId, onObject }: ObjectTilesProps) {
  const t = useT();
  return (
    <div
      ref={listRef}
      id={id}
      role="listbox"
      tabIndex={0}
      className="tiles"
      aria-label={t('objects.title')}
      aria-activedescendant={activeId === null ? undefined : optionId(activeId)}
    >
      {sections.map(({ group, objects }) => (
        <div key={group} role="group" className="tiles__group" aria-label={t(`objects.group.${group}`)}>
          <div className="tiles__title" aria-hidden="true">
            {t(`objects.group.${group}`)}
            {group === 'ambiguous' && <span> {t('objects.group.ambiguous.note')}</span>}
          </div>
          {objects.map((object) => (
            <div
              key={object.id}
              id={optionId(object.id)}
              role="option"
              className="tile"
              aria-selected={object.id === objectId}
              data-active={object.id === activeId}
              onClick={() => onObject(object.id)}
            >
              {object.thumbnailUrl ? (
                <img src={object.thumbnailUrl} alt="" width={160} height={160} loading="lazy" />
              ) : (
                <span className="tile__blank" aria-hidden="true" />
              )}
              <span className="tile__name">{object.name}</span>
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
