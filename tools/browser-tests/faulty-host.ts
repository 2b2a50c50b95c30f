/** A server of model files with the faults that tests name: broken and stalled connections, damaged, truncated, missing and changed files. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';

export type Fault = 'break-once' | 'stall-once' | 'corrupt-once' | 'corrupt' | 'truncated' | 'missing';

/** Serves a folder from another origin than the page's, with ranges. */
export class FaultyHost {
  folder = '';
  /** By path in the folder. */
  readonly faults = new Map<string, Fault>();
  /** Content that stands in the place of the folder's. */
  readonly changed = new Map<string, Buffer>();
  /** "path" or "path from byte" of each request that was answered with content. */
  readonly served: string[] = [];
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return `http://127.0.0.1:${address.port}/`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Without faults again. */
  reset(): void {
    this.faults.clear();
    this.changed.clear();
    this.served.length = 0;
  }

  /** What is served under a path now. */
  content(name: string): Buffer {
    return this.changed.get(name) ?? readFileSync(path.join(this.folder, name));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cache-control', 'no-store');
    const name = (request.url ?? '/').slice(1);
    const fault = this.faults.get(name);
    if (fault === 'missing' || !existsSync(path.join(this.folder, name))) return void response.writeHead(404).end();
    let bytes = Buffer.from(this.content(name));
    if (fault?.endsWith('-once')) this.faults.delete(name);
    if (fault === 'corrupt' || fault === 'corrupt-once') bytes[0] = (bytes[0] ?? 0) ^ 255;
    if (fault === 'truncated') bytes = bytes.subarray(0, Math.floor(bytes.length / 2));
    const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const start = Number(range?.[1] ?? 0);
    if (start >= bytes.length && range)
      return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    // Asking whether a file is there brings none of it.
    if (request.method !== 'HEAD') this.served.push(range ? `${name} from ${start}` : name);
    if (range) response.setHeader('content-range', `bytes ${start}-${bytes.length - 1}/${bytes.length}`);
    response.writeHead(range ? 206 : 200, { 'content-length': bytes.length - start });
    if (fault !== 'break-once' && fault !== 'stall-once') return void response.end(bytes.subarray(start));
    response.write(bytes.subarray(start, Math.floor(bytes.length / 2)), () => {
      // A stalled one stays open and says nothing more.
      if (fault === 'break-once') setTimeout(() => response.destroy(), 300);
    });
  }
}
