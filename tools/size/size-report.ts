/** What the page's JavaScript weighs: which files are needed before three.js, which belong to the inference runtime. Pure. */

export interface BuiltScript {
  /** Forward slashes, relative to the build's folder. */
  readonly path: string;
  readonly text: string;
  readonly gzBytes: number;
}

export interface SizeReport {
  /** What index.html itself asks for: the page's shell, which stands before three.js arrives. */
  readonly beforeThreeGz: number;
  /** Everything but the inference runtime. */
  readonly totalGz: number;
  readonly runtimeGz: number;
  readonly rows: readonly {
    readonly part: 'shell' | 'later' | 'runtime';
    readonly path: string;
    readonly gzBytes: number;
  }[];
}

export const BARS = { beforeThreeGz: 150_000, totalGz: 600_000 } as const;

/** Both survive minifying: the runtime names its wasm file, three.js registers itself in a global. */
const RUNTIME_MARK = 'ort-wasm-simd-threaded';
const THREE_MARK = '__THREE__';

/** Names every file of the page, the runtime's among them. */
const SERVICE_WORKER = 'service-worker.js';

/** Scripts and module preloads of a built index.html, relative to it. */
export function shellPaths(html: string): string[] {
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? [];
  return tags
    .filter((tag) => tag.startsWith('<script') || /rel="?modulepreload/.test(tag))
    .flatMap((tag) => /(?:src|href)="?\.?\/?([^"\s>]+\.m?js)/.exec(tag)?.[1] ?? []);
}

const sum = (scripts: readonly { readonly gzBytes: number }[]): number =>
  scripts.reduce((total, { gzBytes }) => total + gzBytes, 0);

/** @throws Error when the shell holds three.js, or a file that index.html names is not there */
export function sizeReport(html: string, scripts: readonly BuiltScript[]): SizeReport {
  const shell = shellPaths(html);
  if (shell.length === 0) throw new Error('index.html of the build names no script.');
  const missing = shell.find((path) => !scripts.some((script) => script.path === path));
  if (missing !== undefined) throw new Error(`index.html names ${missing}, which the build does not hold.`);
  const partOf = ({ path, text }: BuiltScript): SizeReport['rows'][number]['part'] =>
    shell.includes(path) ? 'shell' : path !== SERVICE_WORKER && text.includes(RUNTIME_MARK) ? 'runtime' : 'later';
  const heavy = scripts.find((script) => partOf(script) === 'shell' && script.text.includes(THREE_MARK));
  if (heavy)
    throw new Error(`${heavy.path} is part of the page's shell and holds three.js: something imports it at once.`);
  const rows = scripts.map((script) => ({ part: partOf(script), path: script.path, gzBytes: script.gzBytes }));
  const runtimeGz = sum(rows.filter(({ part }) => part === 'runtime'));
  return {
    beforeThreeGz: sum(rows.filter(({ part }) => part === 'shell')),
    totalGz: sum(rows) - runtimeGz,
    runtimeGz,
    rows: rows.sort((a, b) => b.gzBytes - a.gzBytes),
  };
}

/** What is too large, in words. */
export const sizesMissed = (report: SizeReport): string[] =>
  (['beforeThreeGz', 'totalGz'] as const).flatMap((name) =>
    report[name] > BARS[name] ? [`${name} is ${report[name]} bytes, over its bar of ${BARS[name]}`] : [],
  );
