/** Which model the page ships with: a folder below `models/`. */
export const MODEL_ID = 'viewpoint-v0';
