import { describe, expect, it } from 'vitest';
import schema from '../contract/manifest.schema.json';
import prompts from '../contract/prompts.json';
import { DEVICE_LADDER } from './device-ladder.ts';
import { SUPPORTED_KEYWORDS } from './json-schema.ts';
import { manifestDecoder, manifestFilesFor, manifestParse, type Manifest } from './manifest.ts';
import { MANIFEST } from './worker/test-fixtures.ts';

/** A deep copy, changed. */
function changed(change: (manifest: Record<string, never>) => void): unknown {
  const copy = JSON.parse(JSON.stringify(MANIFEST)) as Record<string, never>;
  change(copy);
  return copy;
}

function keywords(value: unknown, found: Set<string>): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, child] of Object.entries(value)) {
    found.add(key);
    if (key === 'properties' || key === '$defs')
      for (const inner of Object.values(child as object)) keywords(inner, found);
    else if (key === 'items') keywords(child, found);
  }
  return found;
}

describe('manifestParse', () => {
  it('takes a good manifest', () => {
    expect(
      manifestParse(
        changed(() => undefined),
        'm',
      ),
    ).toEqual(MANIFEST);
  });

  it('checks every keyword that the schema uses', () => {
    expect([...keywords(schema, new Set())].filter((key) => !SUPPORTED_KEYWORDS.has(key))).toEqual([]);
  });

  const cases: [path: string, rule: RegExp, change: (manifest: never) => void][] = [
    ['version', /must be 1, is 2/, (m: { version: number }) => (m.version = 2)],
    [
      'files[1].sha256',
      /must match/,
      (m: { files: { sha256: string }[] }) => Object.assign(m.files[1] ?? {}, { sha256: 'abc' }),
    ],
    [
      'files[0].sizeBytes',
      /type integer, is 1.5/,
      (m: { files: { sizeBytes: number }[] }) => Object.assign(m.files[0] ?? {}, { sizeBytes: 1.5 }),
    ],
    ['image.std', /at least 3 items, has 2/, (m: { image: { std: number[] } }) => m.image.std.pop()],
    ['image.std', /above 0/, (m: { image: { std: number[] } }) => (m.image.std[0] = 0)],
    [
      'text.promptsVersion',
      new RegExp(`must be ${prompts.version}, is ${prompts.version + 1}`),
      (m: { text: { promptsVersion: number } }) => m.text.promptsVersion++,
    ],
    ['text.layers', /is missing/, (m: { text: { layers?: number } }) => delete m.text.layers],
    ['text.extra', /not a field/, (m: { text: { extra: number } }) => (m.text.extra = 1)],
    [
      'calibration.temperature',
      /above 0, is 0/,
      (m: { calibration: { temperature: number } }) => (m.calibration.temperature = 0),
    ],
    [
      'calibration.temperatures.vertical',
      /above 0, is 0/,
      (m: { calibration: object }) => Object.assign(m.calibration, { temperatures: { distance: 2, vertical: 0 } }),
    ],
    [
      'graphs.decoder.file',
      /names other.onnx, which files does not list/,
      (m: { graphs: { decoder: { file: string } } }) => (m.graphs.decoder.file = 'other.onnx'),
    ],
    ['files', /must list tokenizer.json/, (m: { files: unknown[] }) => m.files.shift()],
    [
      'selfTest.inputIds',
      /must hold 4 image tokens, holds 3/,
      (m: { selfTest: { inputIds: number[] } }) => m.selfTest.inputIds.splice(1, 1),
    ],
    [
      'selfTest.topLogits',
      /as long as topIds/,
      (m: { selfTest: { topLogits: number[] } }) => m.selfTest.topLogits.push(1),
    ],
  ];
  it.each(cases)('names %s', (path, rule, change) => {
    const call = () =>
      manifestParse(changed(change as (manifest: Record<string, never>) => void), 'http://host/manifest.json');
    expect(call).toThrow(rule);
    expect(call).toThrow(`http://host/manifest.json is not valid: ${path}`);
    expect(call).toThrow(
      expect.objectContaining({ code: 'model/manifest', detail: { file: 'http://host/manifest.json', path } }),
    );
  });

  it('says so when the whole document is of another kind', () => {
    expect(() => manifestParse([], 'm')).toThrow(/the whole document must be of type object/);
  });
});

describe('manifestFilesFor', () => {
  const files = [
    'tokenizer.json',
    'tokenizer_config.json',
    'README.md',
    'onnx/e.onnx',
    'onnx/t.onnx',
    'onnx/d.onnx',
    'onnx/d.data',
    'onnx/d32.onnx',
    'onnx/d16.onnx',
  ];
  const manifest: Manifest = {
    ...MANIFEST,
    selfTest: { ...MANIFEST.selfTest, half: { tolerance: 1 } },
    files: files.map((path) => ({ path, sizeBytes: 1, sha256: '0'.repeat(64) })),
    graphs: {
      visionEncoder: { file: 'onnx/e.onnx', inputs: [], outputs: [] },
      embedTokens: { file: 'onnx/t.onnx', data: 'd.data', inputs: [], outputs: [] },
      decoder: { file: 'onnx/d.onnx', data: 'onnx/d.data', inputs: [], outputs: [] },
      halfDecoder: { file: 'onnx/d16.onnx', dataPath: 'd16.data' },
      processorDecoder: { file: 'onnx/d32.onnx', dataPath: 'd32.data', dataSizeBytes: 4, tensors: [] },
    },
  };

  it('are refused when a decoder that rounds its inputs comes without its own logits', () => {
    const tensors = [{ name: 'w', kind: 'u8', sourceOffsetBytes: 0, targetOffsetBytes: 0 }] as const;
    const processorDecoder = { file: 'onnx/d32.onnx', dataPath: 'd32.data', dataSizeBytes: 4, tensors };
    const rounding = { ...manifest, graphs: { ...manifest.graphs, processorDecoder } };
    expect(() => manifestParse(rounding, 'm')).toThrow(/selfTest\.processor/);
    const processor = { topLogits: [4], tolerance: 0.1 };
    expect(
      manifestParse({ ...rounding, selfTest: { ...manifest.selfTest, processor } }, 'm').selfTest.processor,
    ).toEqual(processor);
    const short = { ...rounding, selfTest: { ...manifest.selfTest, processor: { topLogits: [4, 5], tolerance: 1 } } };
    expect(() => manifestParse(short, 'm')).toThrow(/selfTest\.processor\.topLogits/);
  });

  it('takes what any device needs, each once', () => {
    expect(manifestFilesFor(manifest).map((file) => file.path)).toEqual([
      'tokenizer.json',
      'tokenizer_config.json',
      'onnx/e.onnx',
      'onnx/t.onnx',
      'onnx/d.onnx',
      'onnx/d.data',
      'onnx/d32.onnx',
      'onnx/d16.onnx',
    ]);
  });

  it('names the decoder of a rung', () => {
    const none = { ...manifest, graphs: MANIFEST.graphs };
    expect(DEVICE_LADDER.map((rung) => manifestDecoder(manifest, rung))).toEqual([
      'halfDecoder',
      'decoder',
      'decoder',
      'processorDecoder',
      'processorDecoder',
    ]);
    expect(new Set(DEVICE_LADDER.map((rung) => manifestDecoder(none, rung)))).toEqual(new Set(['decoder']));
  });

  it('are refused when a decoder in 16-bit floats comes without a tolerance, its graph or the data it reads', () => {
    expect(manifestParse(manifest, 'm')).toBe(manifest);
    expect(() => manifestParse({ ...manifest, selfTest: MANIFEST.selfTest }, 'm')).toThrow(/selfTest\.half/);
    const unlisted = { ...manifest, files: manifest.files.filter(({ path }) => path !== 'onnx/d16.onnx') };
    expect(() => manifestParse(unlisted, 'm')).toThrow(/graphs\.halfDecoder\.file/);
    const decoder = { file: 'onnx/d.onnx', inputs: [], outputs: [] };
    const bare = { ...manifest, graphs: { ...manifest.graphs, decoder } };
    expect(() => manifestParse(bare, 'm')).toThrow(/graphs\.decoder\.data.*halfDecoder/);
  });
});
