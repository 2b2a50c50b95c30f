/** Tries a model that a person chose: it takes over once it has loaded; until then, and if it fails, the one before answers. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { engineErrorData, type InferenceEngine } from '../inference/engine';
import type { AppStore } from '../state/app-state';
import type { ModelSeat } from '../state/model-slice';
import type { ModelChoice, ModelTrial } from '../ui/model-choice';
import { engineOfChoice } from './engine-of-choice';

export interface ModelTrialControl {
  readonly trial: ModelTrial;
  /** `seat`: in whose place it answers. */
  readonly choose: (choice: ModelChoice, seat: ModelSeat) => void;
  readonly stop: () => void;
}

export function useModelTrial(store: AppStore): ModelTrialControl {
  const [trial, setTrial] = useState<ModelTrial>({ kind: 'none' });
  const tried = useRef<InferenceEngine | null>(null);

  const stop = useCallback((): void => {
    const engine = tried.current;
    tried.current = null;
    engine?.dispose();
    setTrial({ kind: 'none' });
  }, []);
  useEffect(() => () => tried.current?.dispose(), []);

  const choose = useCallback(
    async (choice: ModelChoice, seat: ModelSeat): Promise<void> => {
      tried.current?.dispose();
      const { engine, source } = engineOfChoice(choice);
      tried.current = engine;
      const isCurrent = (): boolean => tried.current === engine;
      setTrial({ kind: 'loading', progress: null });
      try {
        const model = await engine.load({
          onProgress: (progress) => {
            if (isCurrent()) setTrial({ kind: 'loading', progress });
          },
        });
        if (!isCurrent()) return;
        tried.current = null;
        store.getState()[seat].use(engine, model, source);
        // Every answer of an endpoint may cost something: in Explore it is asked on demand.
        if (source.kind === 'remote') store.getState().settings.askAtRestSet(false);
        setTrial({ kind: 'done', name: model.modelName });
      } catch (thrown) {
        if (!isCurrent()) return;
        tried.current = null;
        engine.dispose();
        setTrial({ kind: 'failed', error: engineErrorData(thrown) });
      }
    },
    [store],
  );
  return { trial, choose: (choice, seat) => void choose(choice, seat), stop };
}
