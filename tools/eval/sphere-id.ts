/** Stands for the sphere of control.ts, for `--meshes` and where other objects have a load id. */
export const SPHERE_ID = 'sphere';
