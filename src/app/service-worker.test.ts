import { afterEach, describe, expect, it, vi } from 'vitest';
import { FakeCache, FakeCaches } from '../inference/worker/test-caches';
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
const REQUEST = { method: 'GET', mode: 'cors', destination: '', hasRange: false };
const route = (path: string, request: Partial<typeof REQUEST> = {}) =>
  routeOf({ url: new URL(path, SCOPE).href, ...REQUEST, ...request }, SCOPE, FILES);

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
    // Its name stays when its content changes: a page that came fresh after a deploy got the object of the version before.
    ['meshes/car/mesh.glb', 'fresh'],
    ['meshes/car/mesh.glb?again', 'fresh'],
    ['index.html', 'fresh'],
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
  // They passed once, as anything does that this version does not list: the page that came fresh and isolated after a deploy could then
  // not start its worker on a host without isolation headers.
  it.each(['worker', 'sharedworker'])('a newer version’s %s is asked of the network and isolated', (destination) => {
    expect(route('assets/main-0.js', { destination }).kind).toBe('isolated');
    expect(route('assets/main-1.js', { destination }).kind).toBe('kept');
    expect(route('../elsewhere.js', { destination }).kind).toBe('pass');
    expect(route('https://other/some/page/assets/main-0.js', { destination }).kind).toBe('pass');
  });
  it('leaves alone what it could only answer wrongly', () => {
    expect(route('assets/main-1.js', { method: 'POST' }).kind).toBe('pass');
    expect(route('assets/ort-1.wasm', { hasRange: true }).kind).toBe('pass');
    expect(route('unknown.html', { mode: 'navigate' }).kind).toBe('pass');
  });
});

describe('answers', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  interface Asked {
    readonly answer: Promise<Response> | undefined;
    readonly waited: readonly Promise<unknown>[];
  }

  /** The service worker itself, of the version above, before a host that sends no isolation headers. */
  async function started(server: (url: string) => Response | Promise<Response>) {
    const parse = JSON.parse;
    vi.spyOn(JSON, 'parse').mockImplementation((text: string) => (text === '__SHELL_FILES__' ? FILES : parse(text)));
    const caches = new FakeCaches();
    const listeners = new Map<string, (event: object) => void>();
    vi.stubGlobal('registration', { scope: SCOPE });
    vi.stubGlobal('addEventListener', (type: string, listener: (event: object) => void) =>
      listeners.set(type, listener),
    );
    vi.stubGlobal('caches', Object.assign(caches.storage, { match: async () => undefined }));
    vi.stubGlobal('fetch', async ({ url }: { url: string }) =>
      Object.defineProperty(await server(url), 'type', { value: 'basic' }),
    );
    await import('./service-worker');
    const ask = (path: string, destination: string): Asked => {
      const waited: Promise<unknown>[] = [];
      let answer: Promise<Response> | undefined;
      listeners.get('fetch')?.({
        request: { ...REQUEST, url: SCOPE + path, destination, headers: new Headers() },
        respondWith: (given: Promise<Response>) => void (answer = given),
        waitUntil: (work: Promise<unknown>) => void waited.push(work),
      });
      return { answer, waited };
    };
    const shell = await caches.open(shellCacheName(SCOPE, FILES.version));
    const kept = async (path: string): Promise<Response | undefined> => shell.match(SCOPE + path);
    const keep = async (path: string, body: string): Promise<void> => shell.put(SCOPE + path, new Response(body));
    return { ask, kept, keep };
  }
  const fail = (): never => {
    throw new TypeError('Failed to fetch');
  };
  const script = (): Response => new Response('run()', { headers: { 'content-type': 'text/javascript' } });

  it('isolates the script of a newer version’s worker, and leaves its other scripts to the browser', async () => {
    const { ask } = await started(script);
    const answer = await ask('assets/main-2.js', 'worker').answer;
    expect(answer?.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(await answer?.text()).toBe('run()');
    expect(ask('assets/main-2.js', 'script').answer).toBeUndefined();
  });

  it('passes on as it is what the server says instead of a worker’s script', async () => {
    const { ask } = await started(() => new Response('gone', { status: 404 }));
    expect((await ask('assets/main-2.js', 'worker').answer)?.status).toBe(404);
  });

  it.each<[string, () => Response, string]>([
    ['new, where the server has it', () => new Response('new'), 'new'],
    ['kept, without network', () => fail(), 'old'],
    ['kept, where the server is in trouble', () => new Response('', { status: 503 }), 'old'],
  ])('gives an object %s', async (_case, server, expected) => {
    const { ask, keep } = await started(server);
    await keep('meshes/car/mesh.glb', 'old');
    expect(await (await ask('meshes/car/mesh.glb', '').answer)?.text()).toBe(expected);
    // A name with a hash needs no network.
    await keep('assets/main-1.js', 'code');
    expect(await (await ask('assets/main-1.js', 'script').answer)?.text()).toBe('code');
  });

  it('gives the runtime while it comes, and keeps it then', async () => {
    let end = (): void => undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new Uint8Array([1, 2]));
        end = () => controller.close();
      },
    });
    const { ask, kept } = await started(() => new Response(body, { headers: { 'content-type': 'application/wasm' } }));
    const { answer, waited } = ask('assets/ort-1.wasm', '');
    const reader = (await answer)?.body?.getReader();
    expect((await reader?.read())?.value).toEqual(new Uint8Array([1, 2]));
    expect(await kept('assets/ort-1.wasm')).toBeUndefined();
    end();
    await Promise.all(waited);
    expect((await kept('assets/ort-1.wasm'))?.headers.get('content-length')).toBe('2');
  });

  it('gives the runtime although there is no room to keep it', async () => {
    const { ask } = await started(() => new Response('wasm', { headers: { 'content-type': 'application/wasm' } }));
    vi.spyOn(FakeCache.prototype, 'put').mockRejectedValue(new Error('quota'));
    const { answer, waited } = ask('assets/ort-1.wasm', '');
    expect(await (await answer)?.text()).toBe('wasm');
    await expect(Promise.all(waited)).resolves.toBeDefined();
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
