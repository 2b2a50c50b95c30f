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

/** Those that a start fetches: a folder may list more. */
async function manifestFiles(folderUrl: string): Promise<readonly ManifestFile[]> {
  const url = new URL('manifest.json', folderUrl).href;
  // The check of manifests is the worker's; it comes to the page where somebody has to be asked.
  const [response, { manifestFilesFor, manifestFromText }] = await Promise.all([
    // As the worker fetches it: after a deploy a kept copy of it lists files that are there already.
    fetch(url, { cache: 'no-cache', signal: AbortSignal.timeout(SERVER_LIMIT_MS) }),
    import('../inference/manifest'),
  ]);
  return manifestFilesFor(manifestFromText(await response.text(), url));
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
