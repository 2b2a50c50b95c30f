/** Addresses of what is served beside the page, whatever folder it lives in. */
import { MODEL_ID } from './model-id';

const base = import.meta.env.BASE_URL;

export const MESHES_URL = `${base}meshes/`;
export const MODEL_URL = `${base}models/${MODEL_ID}/`;
