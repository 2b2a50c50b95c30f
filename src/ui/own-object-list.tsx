/** What can be done with objects that people brought: kept for the next visit, or removed. */
import { useT } from './i18n/use-t';
import type { ObjectChoice } from './object-choice';

export interface OwnObjectListProps {
  readonly objects: readonly ObjectChoice[];
  readonly onKeep: (id: string, keep: boolean) => void;
  readonly onRemove: (id: string) => void;
}

export function OwnObjectList({ objects, onKeep, onRemove }: OwnObjectListProps) {
  const t = useT();
  if (objects.length === 0) return null;
  return (
    <ul className="own-list" aria-label={t('objects.group.own')}>
      {objects.map(({ id, name, kept }) => (
        <li key={id}>
          <span className="own-list__name">{name}</span>
          <label className="check">
            <input
              type="checkbox"
              aria-label={t('objects.keep', { name })}
              checked={kept === true}
              onChange={(event) => onKeep(id, event.currentTarget.checked)}
            />
            {t('objects.keep.short')}
          </label>
          <button
            type="button"
            className="button button--quiet"
            aria-label={t('objects.remove', { name })}
            onClick={() => onRemove(id)}
          >
            {t('objects.remove.short')}
          </button>
        </li>
      ))}
    </ul>
  );
}
