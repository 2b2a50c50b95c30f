/** The choice of an object, the page's and the person's own. */
import { DEFAULT_OBJECT_ID } from '../state/page-defaults';
import type { ObjectChoice } from '../ui/object-choice';
import { ObjectPicker } from '../ui/object-picker';
import { useAppState, useServices } from './services';
import type { OwnObjectsFlow } from './use-own-objects';

export interface ObjectMenuProps {
  readonly objects: readonly ObjectChoice[];
  readonly own: Pick<OwnObjectsFlow, 'pick' | 'keep'>;
}

export function ObjectMenu({ objects, own }: ObjectMenuProps) {
  const { store, own: ownObjects } = useServices();
  const objectId = useAppState(({ view }) => view.objectId);
  const remove = (id: string): void => {
    if (store.getState().view.objectId === id) store.getState().view.objectChoose(DEFAULT_OBJECT_ID);
    void ownObjects.remove(id);
  };
  return (
    <ObjectPicker
      objects={objects}
      objectId={objectId}
      onObject={(id) => store.getState().view.objectChoose(id)}
      onOwnObject={own.pick}
      onOwnKeep={own.keep}
      onOwnRemove={remove}
    />
  );
}
