/** A CacheStorage in memory for the tests. */

export class FakeCache {
  readonly entries = new Map<string, Uint8Array<ArrayBuffer>>();
  async match(key: string | { readonly url: string }): Promise<Response | undefined> {
    const bytes = this.entries.get(typeof key === 'string' ? key : key.url);
    return bytes && new Response(bytes, { headers: { 'content-length': String(bytes.length) } });
  }
  async keys(): Promise<{ readonly url: string }[]> {
    return [...this.entries.keys()].map((url) => ({ url }));
  }
  async put(key: string, response: Response): Promise<void> {
    this.entries.set(key, new Uint8Array(await response.arrayBuffer()));
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
