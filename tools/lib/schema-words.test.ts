import { describe, expect, it } from 'vitest';
import manifestSchema from '../../src/contract/manifest.schema.json';
import { schemaWordsDrop } from './schema-words';

describe('schemaWordsDrop', () => {
  it('leaves out what describes, and nothing that is checked', () => {
    const schema = {
      description: 'a thing',
      required: ['description'],
      properties: { description: { type: 'string', description: 'what it is', enum: ['description'] } },
      anyOf: [{ description: 'first', minimum: 0 }],
    };
    expect(schemaWordsDrop(schema)).toEqual({
      required: ['description'],
      properties: { description: { type: 'string', enum: ['description'] } },
      anyOf: [{ minimum: 0 }],
    });
  });

  it('finds all of them in the contract', () => {
    const before = JSON.stringify(manifestSchema);
    const after = JSON.stringify(schemaWordsDrop(manifestSchema));
    expect(before).toContain('"description"');
    expect(after).not.toContain('"description"');
    expect(after.length).toBeLessThan(before.length - 1000);
  });
});
