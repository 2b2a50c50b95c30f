/** What the command-line programs share: their options, help out of a program's own head comment, and refusals. */
import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/** Says what is wrong with what was typed, and ends the program with code 2. */
export function usageError(message: string): never {
  console.error(message);
  process.exit(2);
}

/** What a task gives; what it throws is wrong with what was typed. */
export function orUsageError<T>(task: () => T): T {
  try {
    return task();
  } catch (error) {
    return usageError(error instanceof Error ? error.message : String(error));
  }
}

/** The first block comment of a source file, without its stars. */
export function headComment(source: string): string {
  const body = /\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? '';
  return body
    .split('\n')
    .map((line) => line.replace(/^ ?\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}

/**
 * The options and positionals that a program was called with. `--help` prints the head comment of `script` and the
 * options' names; so does anything that is no option, after the reason.
 * @param script path of the program's own file: `import.meta.filename`
 */
export function commandLine<const Options extends OptionsConfig>(
  script: string,
  options: Options,
  allowPositionals = false,
  args: readonly string[] = process.argv.slice(2),
): ReturnType<typeof parseArgs<{ options: Options; allowPositionals: true }>> {
  const help = (): string => {
    const names = Object.entries(options).map(([name, { type }]) => `--${name}${type === 'string' ? ' …' : ''}`);
    return `${headComment(readFileSync(script, 'utf8'))}\n\nOptions: ${[...names, '--help'].join(', ')}`;
  };
  if (args.includes('--help')) {
    console.log(help());
    process.exit(0);
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals }) as ReturnType<
      typeof parseArgs<{ options: Options; allowPositionals: true }>
    >;
  } catch (error) {
    return usageError(`${error instanceof Error ? error.message : String(error)}\n\n${help()}`);
  }
}

/** A whole number from `least` on, out of an option's text; anything else is refused by the option's name. */
export function wholeNumber(name: string, text: string | undefined, least: number): number {
  const number = text?.trim() ? Number(text) : NaN;
  if (!Number.isInteger(number) || number < least)
    usageError(`--${name} takes a whole number from ${least} on, got "${String(text)}".`);
  return number;
}
