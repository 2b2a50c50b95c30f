/** The engine of a model that a person chose, and what people are told about where it is. */
import { createWorkerEngine } from '../inference/client';
import type { InferenceEngine } from '../inference/engine';
import { modelFolderFromFiles } from '../inference/model-folder';
import { createRemoteEngine } from '../inference/remote-engine';
import type { ModelSource } from '../state/model-slice';
import type { ModelChoice } from '../ui/model-choice';
import { MODEL_URL } from './assets';

export interface ChosenEngine {
  readonly engine: InferenceEngine;
  readonly source: ModelSource;
}

/** Starts nothing yet. `choice` has passed `choiceProblem`. */
export function engineOfChoice(choice: ModelChoice): ChosenEngine {
  switch (choice.kind) {
    case 'own':
      return { engine: createWorkerEngine({ modelUrl: MODEL_URL }), source: { kind: 'own' } };
    case 'folder': {
      const folder = modelFolderFromFiles(choice.files);
      return { engine: createWorkerEngine({ folder }), source: { kind: 'folder', name: folder.name } };
    }
    case 'url':
      return { engine: createWorkerEngine({ modelUrl: choice.url }), source: { kind: 'url', url: choice.url } };
    case 'remote': {
      const { baseUrl, model, apiKey } = choice;
      const source = { kind: 'remote', host: new URL(baseUrl).host } as const;
      return { engine: createRemoteEngine({ baseUrl, model, apiKey }), source };
    }
  }
}
