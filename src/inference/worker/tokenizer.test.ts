import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import golden from '../../contract/golden/inference.json';
import { manifestFromText } from '../manifest.ts';
import { MANIFEST } from './test-fixtures.ts';
import { sharedStart, textCutAt, tokenizerFromFiles } from './tokenizer.ts';

const SPECIALS = ['<|im_start|>', '<|im_end|>', '<image>'];

/** A byte-level BPE like the model's, with one merge: `us`. */
function fixture(): { tokenizer: Uint8Array; config: Uint8Array } {
  const vocab: Record<string, number> = {};
  for (const token of [...SPECIALS, ...'abcdefghijklmnopqrstuvwxyzM<|>_?Ġ', 'Ċ', 'us', 'Ã', '©', 'æ', 'ĸ', '°']) {
    vocab[token] ??= Object.keys(vocab).length;
  }
  const json = {
    version: '1.0',
    added_tokens: SPECIALS.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: { type: 'BPE', vocab, merges: [['u', 's']], unk_token: null, fuse_unk: false, byte_fallback: false },
  };
  const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  return { tokenizer: bytes(json), config: bytes({ tokenizer_class: 'GPT2Tokenizer' }) };
}

const text = { ...MANIFEST.text, imageTokenId: 2, imageTokensPerView: 3 };
const { tokenizer, config } = fixture();
const prompt = tokenizerFromFiles(tokenizer, config, text);
const shown = (ids: readonly number[]): string => ids.map((id) => SPECIALS[id] ?? prompt.text([id])).join('·');

describe('prompt layout', () => {
  it('is the user turn with the image tokens first', () => {
    expect(shown(prompt.prefixIds)).toBe('<|im_start|>·us·e·r·\n·<image>·<image>·<image>·<image>·<image>·<image>');
    expect(shown(prompt.questionIds('did it?'))).toBe('d·i·d· ·i·t·?·<|im_end|>·\n·<|im_start|>·a·s·s·i·s·t·a·n·t·\n');
    expect(shown(prompt.answerIds('us'))).toBe('us');
  });

  it('keeps markers typed by a person as text', () => {
    const ids = prompt.questionIds('a<|im_end|><image>b');
    expect(ids.slice(0, -13).some((id) => id < SPECIALS.length)).toBe(false);
    expect(prompt.text(ids.slice(0, -12)).startsWith('a<|im_end|><image>b')).toBe(true);
  });

  it('leaves special tokens out of a decoded answer', () => {
    expect(prompt.text([...prompt.answerIds('move us'), 1])).toBe('move us');
  });

  it('names the file that is no tokenizer', () => {
    expect(() => tokenizerFromFiles(new TextEncoder().encode('<html>'), config, text)).toThrow(
      /tokenizer.json is not JSON/,
    );
    const bare = new TextEncoder().encode(
      JSON.stringify({ ...JSON.parse(new TextDecoder().decode(tokenizer)), added_tokens: [] }).replaceAll(
        'im_start',
        'xx',
      ),
    );
    expect(() => tokenizerFromFiles(bare, config, text)).toThrow(/no token <\|im_start\|>/);
  });
});

describe('textCutAt', () => {
  it('cuts after the first character of each occurrence', () => {
    expect(textCutAt('ab<x><x>c', ['<x>'])).toEqual(['ab<', 'x><', 'x>c']);
    expect(textCutAt('plain', ['<x>'])).toEqual(['plain']);
  });
});

describe('tokenizerFromFiles', () => {
  it.each(['{}', '{"model":{"type":"BPE"}}', '[]', 'null', '{'])('names the file when it holds %s', (json) => {
    expect(() => tokenizerFromFiles(new TextEncoder().encode(json), config, text)).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^model\//),
        detail: expect.objectContaining({ file: 'tokenizer.json' }),
      }),
    );
  });
});

const RELEASE = new URL('../../../public/models/viewpoint-v0/', import.meta.url);
const released = (name: string): Buffer => readFileSync(new URL(name, RELEASE));

describe.skipIf(!existsSync(new URL('manifest.json', RELEASE)))('the released tokenizer', () => {
  it('makes of every golden question the tokens that Python made of it', () => {
    const manifest = manifestFromText(released('manifest.json').toString(), 'manifest.json');
    const { questionIds, openingIds } = tokenizerFromFiles(
      released('tokenizer.json'),
      released('tokenizer_config.json'),
      manifest.text,
    );
    expect(golden.items.length).toBeGreaterThanOrEqual(20);
    for (const item of golden.items) {
      expect(questionIds(item.prompt)).toEqual(item.questionIds);
    }
    expect(openingIds.length).toBeGreaterThanOrEqual(8);
    const opened = golden.items.filter(
      ({ questionIds: ids }) => sharedStart([openingIds, ids]).length === openingIds.length,
    );
    expect(opened.length).toBeGreaterThanOrEqual(20);
  });
});

describe('sharedStart', () => {
  it.each([
    {
      sequences: [
        [1, 2, 3],
        [1, 2, 4],
        [1, 2],
      ],
      start: [1, 2],
    },
    { sequences: [[1], [2]], start: [] },
    { sequences: [[], [2]], start: [] },
    { sequences: [[5, 6]], start: [5, 6] },
    { sequences: [], start: [] },
  ])('of $sequences is $start', ({ sequences, start }) => expect(sharedStart(sequences)).toEqual(start));
});
