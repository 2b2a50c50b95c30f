/** The tour: offered until it was taken or declined, and always in the menu. */
import { useMemo } from 'react';
import type { MenuEntry } from '../ui/header-menu';
import { useT } from '../ui/i18n/use-t';
import { useServices } from './services';
import { tourStart } from './tour';

export interface Tour {
  readonly start: () => void;
  readonly menuEntry: MenuEntry;
}

export function useTour(): Tour {
  const t = useT();
  const { store, isMotionReduced } = useServices();
  return useMemo(() => {
    const start = (): void => {
      const { singleKeys: hasKeys, tourEnd: onEnd } = store.getState().settings;
      // Without its code (offline at the first visit) the page stays as it is, and the offer too.
      tourStart(t, { isMotionReduced: isMotionReduced(), hasKeys, onEnd }).catch(() => undefined);
    };
    return { start, menuEntry: { id: 'tour', label: t('tour.open'), onSelect: start } };
  }, [t, store, isMotionReduced]);
}
