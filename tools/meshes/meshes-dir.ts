import { fileURLToPath } from 'node:url';

/** Where the page finds its objects. */
export const MESHES_DIR = fileURLToPath(new URL('../../public/meshes', import.meta.url));

/** Beside each `mesh.glb`. */
export const THUMBNAIL_FILE = 'thumbnail.webp';
