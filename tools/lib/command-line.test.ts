import { afterEach, describe, expect, it, vi } from 'vitest';
import { commandLine, headComment, wholeNumber } from './command-line';

const OPTIONS = { items: { type: 'string', default: '3' }, json: { type: 'boolean', default: false } } as const;
const script = import.meta.filename;

class Exit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

function spied(): { readonly said: () => string } {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Exit(Number(code));
  });
  return { said: () => [...log.mock.calls, ...error.mock.calls].flat().join('\n') };
}
afterEach(() => vi.restoreAllMocks());

describe('a command line', () => {
  it('gives options with their defaults', () => {
    expect(commandLine(script, OPTIONS, false, ['--json']).values).toMatchObject({ items: '3', json: true });
    expect(commandLine(script, OPTIONS, true, ['car', '--items', '5'])).toMatchObject({
      values: { items: '5' },
      positionals: ['car'],
    });
  });

  it('explains itself', () => {
    const { said } = spied();
    expect(() => commandLine(script, OPTIONS, false, ['--help'])).toThrow('exit 0');
    expect(said()).toContain('Options: --items …, --json, --help');
  });

  it.each([[['--itmes', '5']], [['--items']], [['car']]])('refuses %j and says what there is', (args) => {
    const { said } = spied();
    expect(() => commandLine(script, OPTIONS, false, args)).toThrow('exit 2');
    expect(said()).toContain('Options: --items');
  });

  it.each(['', 'x', '1.5', '-1', undefined])('takes no %j for a whole number', (text) => {
    const { said } = spied();
    expect(() => wholeNumber('items', text, 0)).toThrow('exit 2');
    expect(said()).toContain('--items');
  });

  it('reads whole numbers', () => expect(wholeNumber('items', '12', 1)).toBe(12));
});

describe('the head comment', () => {
  it('comes without its stars and with its indentation', () => {
    expect(headComment('/**\n * Does it.\n *\n *   npm run it\n */\ncode();')).toBe('Does it.\n\n  npm run it');
    expect(headComment('/** Short. */')).toBe('Short.');
    expect(headComment('code();')).toBe('');
  });
});
