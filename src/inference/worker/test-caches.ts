/** A CacheStorage in memory for the tests. */

export class FakeCache {
  readonly entries = new Map<string, Uint8Array<ArrayBuffer>>();
  private roomBytes = Number.POSITIVE_INFINITY;
  /** From then on it refuses what would make it larger. */
  roomSet(roomBytes: number): void {
    this.roomBytes = roomBytes;
  }
  async match(key: string | { readonly url: string }): Promise<Response | undefined> {
    const bytes = this.entries.get(typeof key === 'string' ? key : key.url);
    return bytes && new Response(bytes, { headers: { 'content-length': String(bytes.length) } });
  }
  async keys(): Promise<{ readonly url: string }[]> {
    return [...this.entries.keys()].map((url) => ({ url }));
  }
  async put(key: string, response: Response): Promise<void> {
    const bytes = new Uint8Array(await response.arrayBuffer());
    const others = [...this.entries].reduce((sum, [other, { length }]) => sum + (other === key ? 0 : length), 0);
    if (others + bytes.length > this.roomBytes) throw new DOMException('no room', 'QuotaExceededError');
    this.entries.set(key, bytes);
  }
  async delete(key: string): Promise<boolean> {
    return this.entries.delete(key);
  }
}

export class FakeCaches {
  readonly stores = new Map<string, FakeCache>([
    ['viewpoint-model-0', new FakeCache()],
    ['other', new FakeCache()],
  ]);
  async keys(): Promise<string[]> {
    return [...this.stores.keys()];
  }
  async has(name: string): Promise<boolean> {
    return this.stores.has(name);
  }
  async delete(name: string): Promise<boolean> {
    return this.stores.delete(name);
  }
  /** As the type that the code under test takes. */
  get storage(): CacheStorage {
    return this as unknown as CacheStorage;
  }
  async open(name: string): Promise<FakeCache> {
    const store = this.stores.get(name) ?? new FakeCache();
    this.stores.set(name, store);
    return store;
  }
}
