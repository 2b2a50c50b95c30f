/**
 * What the built page's JavaScript weighs, gzipped, against its bars. Fails above them.
 *
 *   npm run build && npm run size [-- --json] [--dist DIR]
 *
 * A table goes to stderr; with --json the last line of stdout is `{beforeThreeGz, totalGz}` in bytes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { commandLine, usageError } from '../lib/command-line';
import { sizeReport, sizesMissed, type BuiltScript } from './size-report';

const { values } = commandLine(import.meta.filename, {
  dist: { type: 'string', default: 'dist' },
  json: { type: 'boolean', default: false },
});

const dist = resolve(import.meta.dirname, '../..', values.dist);
if (!existsSync(join(dist, 'index.html'))) usageError(`There is no build in "${dist}": run "npm run build" first.`);

function scriptsOf(folder: string): BuiltScript[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?js$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => {
      const content = readFileSync(file);
      return {
        path: relative(folder, file).split(sep).join('/'),
        text: content.toString('utf8'),
        gzBytes: gzipSync(content).length,
      };
    });
}

const report = sizeReport(readFileSync(join(dist, 'index.html'), 'utf8'), scriptsOf(dist));
for (const { part, path, gzBytes } of report.rows)
  console.error(`${part.padEnd(8)} ${String(gzBytes).padStart(8)}  ${path}`);
console.error(
  `before three.js ${report.beforeThreeGz}, all but the runtime ${report.totalGz}, the runtime ${report.runtimeGz} bytes gzipped`,
);
const missed = sizesMissed(report);
for (const line of missed) console.error(line);
const { beforeThreeGz, totalGz } = report;
if (values.json) console.log(JSON.stringify({ beforeThreeGz, totalGz }));
process.exitCode = missed.length > 0 ? 1 : 0;
