import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { enMesh } from '../../ui/i18n/en-mesh';

const FOLDERS = ['.', '../../app', '../../ui'];

const source = FOLDERS.flatMap((folder) => {
  const url = new URL(`${folder}/`, import.meta.url);
  return readdirSync(url)
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test'))
    .map((name) => readFileSync(new URL(name, url), 'utf8'));
}).join('\n');

describe('the reasons why a mesh is refused', () => {
  it.each(Object.keys(enMesh).filter((key) => !key.startsWith('frame.')))('%s is one that is given', (key) => {
    expect(source).toContain(`'${key}'`);
  });
});
