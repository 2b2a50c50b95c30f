/** The GLB container: reads it with care, writes it plainly. glTF 2.0 specification, section 4. */
import { meshBroken, meshTruncated, meshUnsupported } from './import-error';

const MAGIC = 0x46546c67;
const CHUNK_JSON = 0x4e4f534a;
const CHUNK_BIN = 0x004e4942;
const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;

export interface GlbContent {
  readonly jsonText: string;
  /** Empty when the file has no binary chunk. */
  readonly bin: Uint8Array;
}

/** @throws MeshImportError that names the file */
export function glbRead(file: string, bytes: Uint8Array): GlbContent {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES + CHUNK_HEADER_BYTES) throw meshTruncated(file, 'glb-short', { bytes: bytes.length });
  if (view.getUint32(0, true) !== MAGIC) throw meshBroken(file, 'glb-magic', {});
  const version = view.getUint32(4, true);
  if (version !== 2) throw meshUnsupported(file, 'glb-version', { version });
  const length = view.getUint32(8, true);
  if (length > bytes.length) throw meshTruncated(file, 'glb-length', { promised: length, bytes: bytes.length });
  let jsonText: string | null = null;
  let bin: Uint8Array = new Uint8Array();
  for (let at = HEADER_BYTES; at + CHUNK_HEADER_BYTES <= length;) {
    const chunkBytes = view.getUint32(at, true);
    const kind = view.getUint32(at + 4, true);
    const from = at + CHUNK_HEADER_BYTES;
    if (from + chunkBytes > length)
      throw meshTruncated(file, 'glb-part', { bytes: chunkBytes, at, left: length - from });
    const chunk = bytes.subarray(from, from + chunkBytes);
    if (jsonText === null) {
      if (kind !== CHUNK_JSON) throw meshBroken(file, 'glb-first', {});
      jsonText = new TextDecoder().decode(chunk);
    } else if (kind === CHUNK_BIN && bin.length === 0) bin = chunk;
    at = from + chunkBytes;
  }
  if (jsonText === null) throw meshTruncated(file, 'glb-description', {});
  return { jsonText, bin };
}

/** @returns a GLB file in a buffer of its own */
export function glbWrite(json: unknown, bin: Uint8Array): ArrayBuffer {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const jsonBytes = Math.ceil(text.length / 4) * 4;
  const binBytes = Math.ceil(bin.length / 4) * 4;
  const total = HEADER_BYTES + CHUNK_HEADER_BYTES + jsonBytes + (binBytes > 0 ? CHUNK_HEADER_BYTES + binBytes : 0);
  const out = new Uint8Array(total);
  const view = new DataView(out.buffer);
  const words = [MAGIC, 2, total, jsonBytes, CHUNK_JSON];
  words.forEach((word, i) => {
    view.setUint32(i * 4, word, true);
  });
  out.fill(0x20, 20, 20 + jsonBytes);
  out.set(text, 20);
  if (binBytes > 0) {
    view.setUint32(20 + jsonBytes, binBytes, true);
    view.setUint32(24 + jsonBytes, CHUNK_BIN, true);
    out.set(bin, 28 + jsonBytes);
  }
  return out.buffer;
}
