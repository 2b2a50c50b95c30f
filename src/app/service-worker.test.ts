import { describe, expect, it, vi } from 'vitest';
import { shellFilesFrom, shellFilesInsert } from './service-worker-build';
import {
  isolationHeaders,
  mayKeep,
  mayTakeOver,
  routeOf,
  runtimePathOf,
  shellCacheName,
  staleCacheNames,
  type ShellFiles,
} from './service-worker-policy';
import { serviceWorkerKeepRuntime, serviceWorkerRegister } from './service-worker-register';

const SCOPE = 'https://host/some/page/';
const FILES: ShellFiles = {
  version: 'v1',
  shell: ['index.html', 'assets/main-1.js', 'meshes/car/mesh.glb', 'meshes/index.json'],
  runtime: ['assets/ort-1.wasm'],
};
const route = (path: string, request: { method?: string; mode?: string; hasRange?: boolean } = {}) =>
  routeOf({ url: new URL(path, SCOPE).href, method: 'GET', mode: 'cors', hasRange: false, ...request }, SCOPE, FILES);

describe('routes', () => {
  it.each([
    ['', 'fresh', 'index.html'],
    ['index.html', 'fresh', 'index.html'],
    ['?pair=7#x', 'fresh', 'index.html'],
  ])('the page at "%s"', (path, kind, file) => {
    expect(route(path, { mode: 'navigate' })).toEqual({ kind, path: file });
  });
  it.each([
    ['assets/main-1.js', 'kept'],
    ['meshes/car/mesh.glb', 'kept'],
    ['meshes/index.json', 'fresh'],
    ['assets/ort-1.wasm', 'keep-on-use'],
    ['assets/main-0.js', 'pass'],
    ['models/m/manifest.json', 'pass'],
    ['models/m/onnx/decoder.onnx', 'pass'],
    ['../elsewhere.js', 'pass'],
    ['https://other/some/page/assets/main-1.js', 'pass'],
  ])('%s: %s', (path, kind) => {
    expect(route(path).kind).toBe(kind);
  });
  it('leaves alone what it could only answer wrongly', () => {
    expect(route('assets/main-1.js', { method: 'POST' }).kind).toBe('pass');
    expect(route('assets/ort-1.wasm', { hasRange: true }).kind).toBe('pass');
    expect(route('unknown.html', { mode: 'navigate' }).kind).toBe('pass');
  });
});

describe('taking over from an older version', () => {
  const script = `${SCOPE}assets/main-1.js`;
  it.each([
    ['the page runs this version', script, 1, true],
    ['the page still runs another', `${SCOPE}assets/main-0.js`, 1, false],
    ['another window is open', script, 2, false],
    ['the page lives elsewhere', 'https://host/assets/main-1.js', 1, false],
  ])('when %s', (_case, scriptUrl, windows, expected) => {
    expect(mayTakeOver(scriptUrl, windows, SCOPE, FILES)).toBe(expected);
  });
});

describe('what is kept', () => {
  it('is whole and what its name says', () => {
    expect(mayKeep('a.js', 200, 'basic', 'text/javascript')).toBe(true);
    expect(mayKeep('index.html', 200, 'basic', 'text/html')).toBe(true);
    expect(mayKeep('a.js', 200, 'basic', 'text/html')).toBe(false);
    expect(mayKeep('a.js', 206, 'basic', 'text/javascript')).toBe(false);
    expect(mayKeep('a.js', 404, 'basic', 'text/javascript')).toBe(false);
    expect(mayKeep('a.js', 200, 'opaque', null)).toBe(false);
  });
  it('goes with its version; the model stays, and what other copies on the same origin keep', () => {
    const scopes = ['https://host/', 'https://host/a/', 'https://host/a/b/', 'https://host/a/-b/'];
    const [, a = ''] = scopes;
    const kept = scopes.map((scope) => shellCacheName(scope, 'v0'));
    const names = [...kept, shellCacheName(a, 'v1'), 'viewpoint-model-2', 'other'];
    expect(new Set(kept).size).toBe(scopes.length);
    expect(staleCacheNames(names, a, 'v1')).toEqual([shellCacheName(a, 'v0')]);
  });
  it('keeps the isolation of the host, and adds it to page and scripts where there is none', () => {
    const sent = new Headers({ 'cross-origin-embedder-policy': 'credentialless', 'content-encoding': 'br' });
    const html = isolationHeaders(sent, 'text/html; charset=utf-8');
    expect(Object.fromEntries(html)).toEqual({
      'cross-origin-embedder-policy': 'credentialless',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(Object.fromEntries(isolationHeaders(new Headers(), 'text/javascript'))).toEqual({
      'cross-origin-embedder-policy': 'require-corp',
    });
    expect(Object.fromEntries(isolationHeaders(new Headers(), 'font/woff2'))).toEqual({});
    expect(sent.has('content-encoding')).toBe(true);
  });
});

describe('the list of files', () => {
  const built = [
    { path: 'index.html', content: '<p>' },
    { path: 'assets/a.js', content: 'a' },
    { path: 'assets/a.js.map', content: '{}' },
    { path: 'assets/ort.wasm', content: new Uint8Array([1]) },
    { path: 'models/m/manifest.json', content: '{}' },
    { path: 'service-worker.js', content: 'x' },
  ];

  it('parts shell and runtime, and leaves models out', () => {
    expect(shellFilesFrom(built)).toMatchObject({ shell: ['assets/a.js', 'index.html'], runtime: ['assets/ort.wasm'] });
  });
  it('changes its version with any content and with nothing else', () => {
    const version = shellFilesFrom(built).version;
    expect(shellFilesFrom([...built].reverse()).version).toBe(version);
    const changed = built.map((file) => (file.path === 'index.html' ? { ...file, content: '<q>' } : file));
    expect(shellFilesFrom(changed).version).not.toBe(version);
  });
  it('survives the way through a string literal, whatever its quotes', () => {
    const odd: ShellFiles = { version: 'v', shell: [`it's "$&" \`\\\u2028.js`], runtime: [] };
    for (const quote of [`'`, `"`, '`']) {
      const code = shellFilesInsert(`return JSON.parse(${quote}__SHELL_FILES__${quote})`, odd);
      expect(new Function(code)()).toEqual(odd);
    }
  });
  it('refuses a script that it could not be put in, or that needs others', () => {
    expect(() => shellFilesInsert('const a = 1;', FILES)).toThrow(/marker/);
    expect(() => shellFilesInsert(`import{a}from"./b.js";JSON.parse('__SHELL_FILES__')`, FILES)).toThrow(/one script/);
  });
});

describe('registration', () => {
  it('registers beside the page and does not mind a refusal', async () => {
    const waiting = { postMessage: vi.fn() };
    const register = vi.fn(async () => ({ active: null, waiting }));
    const ready = Promise.resolve({ active: null, waiting: null });
    expect(await serviceWorkerRegister('/p/', { register, ready })).toBe(true);
    expect(register).toHaveBeenCalledWith('/p/service-worker.js', { scope: '/p/' });
    expect(waiting.postMessage).toHaveBeenCalledWith({
      kind: 'take-over',
      scriptUrl: import.meta.url.replace('.test.ts', '-register.ts'),
    });
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const refusing = { register: () => Promise.reject(new Error('insecure')), ready };
    expect(await serviceWorkerRegister('/p/', refusing)).toBe(false);
  });
  it('asks the active worker to keep the runtime', async () => {
    const postMessage = vi.fn();
    const registration = { active: { postMessage }, waiting: null };
    const container = { register: async () => registration, ready: Promise.resolve(registration) };
    await serviceWorkerKeepRuntime('https://a.example/p/assets/ort.wasm', container);
    expect(postMessage).toHaveBeenCalledWith({
      kind: 'keep-runtime',
      runtimeUrl: 'https://a.example/p/assets/ort.wasm',
    });
  });
  it('keeps only files of the runtime', () => {
    const pathOf = (url: string): string | null => runtimePathOf(url, SCOPE, FILES);
    expect(pathOf(`${SCOPE}assets/ort-1.wasm`)).toBe('assets/ort-1.wasm');
    expect(pathOf(`${SCOPE}index.html`)).toBeNull();
    expect(pathOf('https://elsewhere.example/assets/ort-1.wasm')).toBeNull();
  });
});
