/** What loading a model would cost the person's connection, told before anything of it is fetched. */
import type { ManifestFile } from '../inference/manifest';
import { modelKeptBytes } from '../inference/model-cache';
import { modelUrlResolve } from '../inference/model-url';
import { runtimeMissingBytes } from '../inference/runtime-files';

export interface DownloadSize {
  /** Of the model's files and the runtime's, what this browser does not keep yet. */
  readonly missingBytes: number;
  readonly modelBytes: number;
}

/** A server that never answers would keep the question from being asked. */
const SERVER_LIMIT_MS = 10_000;

type ListedFile = Pick<ManifestFile, 'sha256' | 'sizeBytes'>;

async function manifestFiles(folderUrl: string): Promise<readonly ListedFile[]> {
  const response = await fetch(new URL('manifest.json', folderUrl), { signal: AbortSignal.timeout(SERVER_LIMIT_MS) });
  const { files = [] } = (await response.json()) as { files?: readonly Partial<ListedFile>[] };
  return files.map(({ sha256 = '', sizeBytes = Number.NaN }) => ({ sha256, sizeBytes }));
}

/** From the model's own manifest and the runtime's server; null where either does not tell. `modelUrl`: relative to the page, or not. */
export async function downloadSize(modelUrl: string): Promise<DownloadSize | null> {
  try {
    const folderUrl = modelUrlResolve(modelUrl);
    const [files, runtimeBytes] = await Promise.all([manifestFiles(folderUrl), runtimeMissingBytes()]);
    const modelBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    if (!(modelBytes > 0) || runtimeBytes === null) return null;
    const keptBytes = await modelKeptBytes(folderUrl, files).catch(() => 0);
    return { missingBytes: modelBytes - keptBytes + runtimeBytes, modelBytes };
  } catch {
    return null;
  }
}
