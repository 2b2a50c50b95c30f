import { describe, expect, it } from 'vitest';
import { BARS, shellPaths, sizeReport, sizesMissed, type BuiltScript } from './size-report';

const HTML = `<script>inline()</script>
<script type="module" crossorigin src="./assets/index-1.js"></script>
<link rel="modulepreload" crossorigin href="./assets/react-2.js">
<link rel="stylesheet" href="./assets/index-3.css">`;

const script = (path: string, gzBytes: number, text = ''): BuiltScript => ({ path, gzBytes, text });
const SCRIPTS = [
  script('assets/index-1.js', 40),
  script('assets/react-2.js', 60),
  script('assets/three-4.js', 170, 'window.__THREE__="187"'),
  script('assets/main-5.js', 62, 'new URL("ort-wasm-simd-threaded.wasm")'),
];

describe('the size of the build', () => {
  it('takes the shell from index.html', () => {
    expect(shellPaths(HTML)).toEqual(['assets/index-1.js', 'assets/react-2.js']);
  });

  it('keeps shell, later parts and runtime apart', () => {
    const report = sizeReport(HTML, SCRIPTS);
    expect(report).toMatchObject({ beforeThreeGz: 100, totalGz: 270, runtimeGz: 62 });
    expect(report.rows.map(({ part }) => part)).toEqual(['later', 'runtime', 'shell', 'shell']);
  });

  it('refuses a shell with three.js in it', () => {
    expect(() => sizeReport(HTML, [script('assets/index-1.js', 9, '__THREE__'), ...SCRIPTS.slice(1)])).toThrow(
      /index-1/,
    );
  });

  it('refuses a build that lacks what index.html names, or names nothing', () => {
    expect(() => sizeReport(HTML, SCRIPTS.slice(1))).toThrow(/index-1/);
    expect(() => sizeReport('<p>', SCRIPTS)).toThrow(/no script/);
  });

  it('says which bar is missed', () => {
    const report = sizeReport(HTML, [...SCRIPTS, script('assets/huge.js', BARS.totalGz)]);
    expect(sizesMissed(report)).toHaveLength(1);
    expect(sizesMissed(report)[0]).toContain('totalGz');
    expect(sizesMissed(sizeReport(HTML, SCRIPTS))).toEqual([]);
  });
});
