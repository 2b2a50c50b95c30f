/** The choice of an object, the page's and the person's own, and the way for their own to get here. */
import { DEFAULT_OBJECT_ID } from '../state/page-defaults';
import type { ObjectChoice } from '../ui/object-choice';
import { ObjectPicker } from '../ui/object-picker';
import { useAppState, useServices } from './services';
import { useOwnObjects } from './use-own-objects';

export function ObjectMenu({ objects }: { readonly objects: readonly ObjectChoice[] }) {
  const { store, own } = useServices();
  const objectId = useAppState(({ view }) => view.objectId);
  const flow = useOwnObjects();
  const remove = (id: string): void => {
    if (store.getState().view.objectId === id) store.getState().view.objectChoose(DEFAULT_OBJECT_ID);
    void own.remove(id);
  };
  return (
    <>
      <ObjectPicker
        objects={objects}
        objectId={objectId}
        onObject={(id) => store.getState().view.objectChoose(id)}
        onOwnObject={flow.pick}
        onOwnKeep={flow.keep}
        onOwnRemove={remove}
      />
      {flow.parts}
    </>
  );
}
