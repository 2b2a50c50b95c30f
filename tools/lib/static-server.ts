/** A small static server for built pages: isolation headers, several mounted folders, and handlers for uploads. */
import { createReadStream, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.glb': 'model/gltf-binary',
};

export interface StaticServerOptions {
  /** URL prefix (with slashes at both ends) → folder. The longest matching prefix wins. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Called for POST requests; resolves with the response's body. */
  readonly onPost?: (path: string, body: Buffer) => Promise<string> | string;
  readonly port?: number;
  /** Without isolation headers the page has no threads. @default true */
  readonly isolated?: boolean;
}

export interface StaticServer {
  /** `http://localhost:<port>/` */
  readonly url: string;
  close(): Promise<void>;
}

const bodyRead = (request: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });

function fileFor(urlPath: string, mounts: StaticServerOptions['mounts']): string | null {
  const prefix = Object.keys(mounts)
    .filter((candidate) => urlPath.startsWith(candidate))
    .sort((a, b) => b.length - a.length)[0];
  if (prefix === undefined) return null;
  const folder = mounts[prefix] as string;
  const rest = urlPath.slice(prefix.length) || 'index.html';
  const path = normalize(join(folder, rest));
  // Nothing outside the mounted folder, whatever the address says.
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep) ? path : null;
}

export async function staticServerStart(options: StaticServerOptions): Promise<StaticServer> {
  const { mounts, onPost, port = 0, isolated = true } = options;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const urlPath = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    if (request.method === 'POST' && onPost) {
      response.end(await onPost(urlPath, await bodyRead(request)));
      return;
    }
    const path = fileFor(urlPath, mounts);
    const stats = path === null ? undefined : statSync(path, { throwIfNoEntry: false });
    if (path === null || !stats?.isFile()) {
      response.statusCode = 404;
      response.end(`not found: ${urlPath}`);
      return;
    }
    response.setHeader('Content-Type', CONTENT_TYPES[extname(path)] ?? 'application/octet-stream');
    response.setHeader('Content-Length', stats.size);
    createReadStream(path).pipe(response);
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://localhost:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
