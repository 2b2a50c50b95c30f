/**
 * Makes a glTF self-contained: all bytes that it refers to, from the files given with it, end up in one GLB in memory.
 * The loader then resolves no addresses at all, so a stranger's mesh can make the page fetch nothing.
 */
import { fileFind, type FileSet, type GivenFile } from './file-set';
import { glbWrite } from './glb-container';
import { MESHOPT_NAMES, textureSources, type GltfJson } from './gltf-json';
import { meshBroken, meshError, meshMissing, meshTruncated } from './import-error';
import { pictureType } from './picture-kind';

export interface GltfSources {
  readonly file: GivenFile;
  readonly json: GltfJson;
  /** The binary chunk of a GLB; empty for a `.gltf`. */
  readonly bin: Uint8Array;
  readonly files: FileSet;
}

const isForeign = (uri: string): boolean => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(uri) && !uri.startsWith('data:');

function bytesOfDataUri(file: string, uri: string): Uint8Array {
  const comma = uri.indexOf(',');
  if (comma < 0) throw meshBroken(file, 'data-empty', {});
  const [head, body] = [uri.slice(0, comma), uri.slice(comma + 1)];
  try {
    const text = head.endsWith(';base64') ? atob(decodeURIComponent(body)) : decodeURIComponent(body);
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  } catch {
    throw meshBroken(file, 'data-bad', {});
  }
}

const blobBytes = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

/** Everything that is named and absent, so that one message tells it all. */
function checkAddresses({ file, json, files, bin }: GltfSources, withoutMissingLooks: boolean): void {
  const uris = [...(json.buffers ?? []), ...(json.images ?? [])].flatMap(({ uri }) =>
    typeof uri === 'string' && !uri.startsWith('data:') ? [uri] : [],
  );
  const foreign = uris.find(isForeign);
  if (foreign !== undefined) throw meshError('foreign-address', file.path, 'foreign', { address: foreign });
  const absent = (list: { uri?: string }[] | undefined): string[] => {
    const named = (list ?? []).flatMap(({ uri }) => (typeof uri === 'string' && !uri.startsWith('data:') ? [uri] : []));
    return [...new Set(named.filter((uri) => !fileFind(files, uri, file.path)))];
  };
  const buffers = absent(json.buffers);
  const images = absent(json.images);
  if (buffers.length > 0) throw meshMissing(file.path, [...buffers, ...images], false);
  if (images.length > 0 && !withoutMissingLooks) throw meshMissing(file.path, images, true);
  json.buffers?.forEach((buffer, i) => {
    const isStandIn = MESHOPT_NAMES.some((name) => buffer.extensions?.[name]);
    if (buffer.uri === undefined && !isStandIn && !(i === 0 && bin.length > 0))
      throw meshBroken(file.path, 'buffer-nowhere', { place: `buffers[${i}]` });
  });
}

/**
 * One GLB with everything in it.
 * @param withoutMissingLooks leaves out pictures that were not given or cannot be read, instead of failing
 * @throws MeshImportError that names what is missing, too short or elsewhere
 */
export async function gltfSelfContained(sources: GltfSources, withoutMissingLooks: boolean): Promise<ArrayBuffer> {
  const { file, bin, files } = sources;
  checkAddresses(sources, withoutMissingLooks);
  const json = structuredClone(sources.json);
  const pieces: Uint8Array[] = [];
  let total = 0;
  const append = (bytes: Uint8Array): number => {
    const at = total;
    const padded = Math.ceil(bytes.length / 4) * 4;
    pieces.push(bytes, new Uint8Array(padded - bytes.length));
    total += padded;
    return at;
  };

  /** Where each old buffer begins in the new one; null for stand-ins without bytes. */
  const starts: (number | null)[] = [];
  for (const [i, buffer] of (json.buffers ?? []).entries()) {
    const { uri, byteLength = 0 } = buffer;
    const given = uri === undefined || uri.startsWith('data:') ? null : fileFind(files, uri, file.path);
    let bytes: Uint8Array;
    if (given) bytes = await blobBytes(given.blob);
    else if (uri !== undefined) bytes = bytesOfDataUri(file.path, uri);
    else if (i === 0 && bin.length > 0) bytes = bin;
    else {
      starts.push(null);
      continue;
    }
    if (bytes.length < byteLength)
      throw meshTruncated(given?.path ?? file.path, 'buffer-short', { promised: byteLength, bytes: bytes.length });
    starts.push(append(bytes.subarray(0, byteLength)));
  }

  const standIns = (json.buffers ?? []).filter((_, i) => starts[i] === null);
  const newIndex = starts.map((start, i) =>
    start === null ? 1 + standIns.indexOf((json.buffers ?? [])[i] as object) : 0,
  );
  for (const view of json.bufferViews ?? []) {
    const packed = MESHOPT_NAMES.map((name) => view.extensions?.[name]);
    for (const place of [view, ...packed]) {
      if (place?.buffer === undefined) continue;
      place.byteOffset = (place.byteOffset ?? 0) + (starts[place.buffer] ?? 0);
      place.buffer = newIndex[place.buffer] ?? 0;
    }
  }

  const lost = new Set<number>();
  for (const [i, image] of (json.images ?? []).entries()) {
    const { uri } = image;
    if (uri === undefined || uri.startsWith('data:')) continue;
    delete image.uri;
    const given = fileFind(files, uri, file.path);
    const mimeType = given && (await pictureType(given, withoutMissingLooks));
    if (!given || !mimeType) {
      lost.add(i);
      continue;
    }
    const bytes = await blobBytes(given.blob);
    image.mimeType = mimeType;
    json.bufferViews ??= [];
    json.bufferViews.push({ buffer: 0, byteOffset: append(bytes), byteLength: bytes.length });
    image.bufferView = json.bufferViews.length - 1;
  }
  const out = lost.size > 0 ? withoutTextures(json, lost) : json;

  const all = new Uint8Array(total);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  out.buffers = total > 0 || standIns.length > 0 ? [{ byteLength: total }, ...standIns] : [];
  return glbWrite(out, all);
}

/** Removes every reference to a texture whose picture is lost: `…Texture: { index }` anywhere in a material. */
function withoutTextures(json: GltfJson, lost: ReadonlySet<number>): GltfJson {
  const isLost = (texture: unknown): boolean =>
    textureSources(json.textures?.[texture as number]).some((i) => lost.has(i));
  const prune = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(prune);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, child]) =>
        key.endsWith('Texture') && isLost((child as { index?: unknown } | null)?.index) ? [] : [[key, prune(child)]],
      ),
    );
  };
  return { ...json, materials: (json.materials ?? []).map(prune) };
}
