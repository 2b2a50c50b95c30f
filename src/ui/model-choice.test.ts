import { describe, expect, it } from 'vitest';
import { choiceProblem, type ModelChoice } from './model-choice';

const remote = (baseUrl: string, model: string): ModelChoice => ({ kind: 'remote', baseUrl, model, apiKey: 'k' });

describe('a choice of model', () => {
  it.each<[ModelChoice, string | null]>([
    [{ kind: 'own' }, null],
    [{ kind: 'folder', files: [] }, 'files'],
    [{ kind: 'folder', files: [new File([], 'manifest.json')] }, null],
    [{ kind: 'url', url: '' }, 'url'],
    [{ kind: 'url', url: 'models/mine' }, 'url'],
    [{ kind: 'url', url: 'javascript:alert(1)' }, 'url'],
    [{ kind: 'url', url: 'http://localhost:8000/model' }, null],
    [remote('localhost:8000/v1', 'm'), 'baseUrl'],
    [remote('https://host/v1', ''), 'model'],
    [remote('https://host/v1', 'm'), null],
  ])('%o: %s', (choice, field) => {
    expect(choiceProblem(choice)?.field ?? null).toBe(field);
  });
});
