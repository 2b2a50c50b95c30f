import { describe, expect, it } from 'vitest';
import { modelUrlResolve } from './model-url.ts';

describe('modelUrlResolve', () => {
  it.each([
    ['https://host/models/m', 'https://host/models/m/'],
    ['https://host/models/m//', 'https://host/models/m/'],
    ['https://host', 'https://host/'],
    ['https://host/models/m?download=true', 'https://host/models/m/'],
    ['https://host/models/m/#files', 'https://host/models/m/'],
  ])('%s: %s', (typed, folder) => {
    expect(modelUrlResolve(typed)).toBe(folder);
  });
});
