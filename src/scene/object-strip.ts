import type { Object3D } from 'three';

/** Takes out what three.js keeps of a file besides its meshes: the stage has its own light, and lines and points show no surface. */
export function objectStrip(root: Object3D): void {
  const gone: Object3D[] = [];
  root.traverse((child) => {
    const kind = child as { isLight?: boolean; isCamera?: boolean; isLine?: boolean; isPoints?: boolean };
    if (kind.isLight || kind.isCamera || kind.isLine || kind.isPoints) gone.push(child);
  });
  for (const child of gone) {
    // Their children may be meshes.
    for (const grandchild of [...child.children]) child.parent?.attach(grandchild);
    child.removeFromParent();
  }
}
