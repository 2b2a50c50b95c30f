/**
 * The toolkit of the object families: a `Kit` holds the stream, the palette and the group being filled. Lengths are
 * metres, +Y is up, +Z is the front. Boxes and upright cylinders are placed by the centre of their bottom face (stacking
 * is what recipes do most); round and turned parts by their centre.
 */
import {
  BoxGeometry,
  CapsuleGeometry,
  CatmullRomCurve3,
  Color,
  CylinderGeometry,
  DoubleSide,
  ExtrudeGeometry,
  Group,
  IcosahedronGeometry,
  LatheGeometry,
  Mesh,
  MeshStandardMaterial,
  Shape,
  SphereGeometry,
  TorusGeometry,
  TubeGeometry,
  Vector2,
  Vector3,
} from 'three';
import type { BufferGeometry } from 'three';
import { RoundedBoxGeometry } from 'three/addons/geometries/RoundedBoxGeometry.js';
import { mergeVertices } from 'three/addons/utils/BufferGeometryUtils.js';
import type { Rng } from '../../core/rng';
import type { ObjectFamily } from './family';
import { paletteFromRng } from './palette';
import type { Palette } from './palette';
import { textureFromRng } from './textures';

export type Material = MeshStandardMaterial;
export type Point2 = readonly [number, number];
export type Point3 = readonly [number, number, number];

/** What all kits of one object share. */
interface Workshop {
  readonly rng: Rng;
  readonly palette: Palette;
  readonly flatShading: boolean;
  readonly roughness: number;
  readonly metalness: number;
  readonly materials: Map<string, Material>;
}

const UP = new Vector3(0, 1, 0);

/** Small balls are many and cover few pixels, so they get fewer triangles. */
function sphereSegments(radius: number): readonly [number, number] {
  if (radius < 0.045) return [9, 6];
  if (radius < 0.1) return [14, 9];
  return [20, 13];
}

export class Kit {
  readonly root: Group;
  readonly palette: Palette;
  private readonly shop: Workshop;

  constructor(shop: Workshop, root: Group) {
    this.shop = shop;
    this.root = root;
    this.palette = shop.palette;
  }

  // ---- chance ----

  /** Uniform in [lo, hi). */
  r(lo: number, hi: number): number {
    return this.shop.rng.range(lo, hi);
  }
  /** Uniform integer in lo..hi, both included. */
  n(lo: number, hi: number): number {
    return lo + this.shop.rng.int(hi - lo + 1);
  }
  p(probability: number): boolean {
    return this.shop.rng.chance(probability);
  }
  pick<T>(items: readonly T[]): T {
    return this.shop.rng.pick(items);
  }
  shuffle<T>(items: readonly T[]): T[] {
    return this.shop.rng.shuffle(items);
  }
  /** Left or right. */
  side(): 1 | -1 {
    return this.p(0.5) ? 1 : -1;
  }

  // ---- materials ----

  /** The i-th palette colour; past the end the colours repeat with another lightness. */
  m(i: number): Material {
    const colors = this.palette.colors;
    const color = (colors[i % colors.length] ?? new Color('#888888')).clone();
    if (i >= colors.length) color.offsetHSL(0.03, 0, color.getHSL({ h: 0, s: 0, l: 0 }).l > 0.4 ? -0.2 : 0.22);
    return this.named(`m${i}`, color);
  }
  /** Some palette material. */
  any(): Material {
    return this.m(this.n(0, 4));
  }
  get dark(): Material {
    return this.named('dark', this.palette.dark);
  }
  get light(): Material {
    return this.named('light', this.palette.light);
  }
  get steel(): Material {
    return this.named('steel', this.palette.steel, 0.5);
  }
  get wood(): Material {
    return this.named('wood', this.palette.wood);
  }
  get glass(): Material {
    return this.named('glass', this.palette.glass, 0.2);
  }
  get skin(): Material {
    return this.named('skin', this.palette.skin);
  }
  get leaf(): Material {
    return this.named('leaf', this.palette.leaf);
  }
  /** A plain material of a given colour, shared by name within the object. */
  named(name: string, color: Color, metalness = this.shop.metalness): Material {
    const known = this.shop.materials.get(name);
    if (known) return known;
    const material = new MeshStandardMaterial({
      color,
      metalness,
      roughness: Math.min(1, Math.max(0.25, this.shop.roughness + this.r(-0.15, 0.15))),
      flatShading: this.shop.flatShading,
    });
    this.shop.materials.set(name, material);
    return material;
  }
  /** A two-colour pattern; colours default to two of the palette. Shared by name within the object. */
  pattern(name: string, ground: Material = this.m(0), figure: Material = this.m(1)): Material {
    const known = this.shop.materials.get(name);
    if (known) return known;
    const material = this.named(`${name}-base`, new Color('#ffffff')).clone();
    material.map = textureFromRng(this.shop.rng, ground.color, figure.color);
    this.shop.materials.set(name, material);
    return material;
  }
  /** The i-th palette colour, now and then patterned. */
  cloth(i: number, probability = 0.35): Material {
    const name = `cloth${i}`;
    const known = this.shop.materials.get(name);
    if (known) return known;
    if (this.p(probability)) return this.pattern(name, this.m(i), this.pick([this.m(i + 1), this.light, this.dark]));
    const plain = this.m(i);
    this.shop.materials.set(name, plain);
    return plain;
  }

  /** The same material seen from both sides, for open turned parts. */
  shell(m: Material): Material {
    const name = `shell-${m.uuid}`;
    const known = this.shop.materials.get(name);
    if (known) return known;
    const both = m.clone();
    both.side = DoubleSide;
    this.shop.materials.set(name, both);
    return both;
  }

  // ---- groups and meshes ----

  /** A kit that fills a child group. */
  sub(x = 0, y = 0, z = 0, yawRad = 0): Kit {
    const child = new Group();
    child.position.set(x, y, z);
    child.rotation.y = yawRad;
    this.root.add(child);
    return new Kit(this.shop, child);
  }
  mesh(geometry: BufferGeometry, material: Material, x = 0, y = 0, z = 0): Mesh {
    const mesh = new Mesh(geometry, material);
    mesh.position.set(x, y, z);
    mesh.castShadow = true;
    mesh.receiveShadow = true;
    this.root.add(mesh);
    return mesh;
  }

  // ---- parts placed by their bottom ----

  box(w: number, h: number, d: number, x: number, yBottom: number, z: number, m: Material): Mesh {
    return this.mesh(new BoxGeometry(w, h, d), m, x, yBottom + h / 2, z);
  }
  /** Box with rounded edges; the radius is cut down to what fits. */
  rbox(w: number, h: number, d: number, radius: number, x: number, yBottom: number, z: number, m: Material): Mesh {
    const r = Math.min(radius, w * 0.49, h * 0.49, d * 0.49);
    return this.mesh(new RoundedBoxGeometry(w, h, d, 2, r), m, x, yBottom + h / 2, z);
  }
  /** Frustum with rectangular ends, e.g. roofs, hoods and plinths. */
  taper(
    w: number,
    d: number,
    wTop: number,
    dTop: number,
    h: number,
    x: number,
    yBottom: number,
    z: number,
    m: Material,
  ): Mesh {
    const geometry = new BoxGeometry(w, h, d);
    const position = geometry.getAttribute('position');
    for (let i = 0; i < position.count; i++) {
      if (position.getY(i) < 0) continue;
      position.setX(i, (position.getX(i) / w) * wTop);
      position.setZ(i, (position.getZ(i) / d) * dTop);
    }
    geometry.computeVertexNormals();
    return this.mesh(geometry, m, x, yBottom + h / 2, z);
  }
  cyl(
    rTop: number,
    rBottom: number,
    h: number,
    x: number,
    yBottom: number,
    z: number,
    m: Material,
    segments = 20,
  ): Mesh {
    return this.mesh(new CylinderGeometry(rTop, rBottom, h, segments), m, x, yBottom + h / 2, z);
  }

  // ---- parts placed by their centre ----

  /** Cylinder lying along an axis: wheels, buttons, barrels. */
  disc(
    axis: 'x' | 'z',
    radius: number,
    length: number,
    x: number,
    y: number,
    z: number,
    m: Material,
    segments = 20,
  ): Mesh {
    const mesh = this.mesh(new CylinderGeometry(radius, radius, length, segments), m, x, y, z);
    if (axis === 'x') mesh.rotation.z = Math.PI / 2;
    else mesh.rotation.x = Math.PI / 2;
    return mesh;
  }
  ball(radius: number, x: number, y: number, z: number, m: Material): Mesh {
    const [around, down] = sphereSegments(radius);
    return this.mesh(new SphereGeometry(radius, around, down), m, x, y, z);
  }
  egg(rx: number, ry: number, rz: number, x: number, y: number, z: number, m: Material): Mesh {
    const [around, down] = sphereSegments(Math.max(rx, ry, rz));
    const mesh = this.mesh(new SphereGeometry(1, around, down), m, x, y, z);
    mesh.scale.set(rx, ry, rz);
    return mesh;
  }
  capsule(radius: number, length: number, x: number, y: number, z: number, m: Material): Mesh {
    return this.mesh(new CapsuleGeometry(radius, length, 4, 14), m, x, y, z);
  }
  /** Torus around the z axis. */
  ring(radius: number, tube: number, x: number, y: number, z: number, m: Material, arcRad = Math.PI * 2): Mesh {
    return this.mesh(new TorusGeometry(radius, tube, 8, 22, arcRad), m, x, y, z);
  }
  /** Lumpy sphere; `lumps` is the relative displacement. */
  rock(
    rx: number,
    ry: number,
    rz: number,
    lumps: number,
    x: number,
    y: number,
    z: number,
    m: Material,
    detail = 1,
  ): Mesh {
    // The raw icosahedron repeats its corners per face, which looks chipped; finer ones are welded to look smooth.
    const chipped = new IcosahedronGeometry(1, detail);
    chipped.deleteAttribute('normal');
    const geometry: BufferGeometry = detail > 1 ? mergeVertices(chipped, 1e-5) : chipped;
    const waves = Array.from({ length: 5 }, () => ({
      axis: new Vector3(this.r(-1, 1), this.r(-1, 1), this.r(-1, 1)).multiplyScalar(this.r(1, 3)),
      phase: this.r(0, 6.28),
    }));
    const position = geometry.getAttribute('position');
    const v = new Vector3();
    for (let i = 0; i < position.count; i++) {
      v.fromBufferAttribute(position, i);
      let s = 1;
      for (const wave of waves) s += (lumps / 2) * Math.sin(wave.axis.dot(v) * 2 + wave.phase);
      v.multiplyScalar(Math.max(0.4, s));
      position.setXYZ(i, v.x * rx, v.y * ry, v.z * rz);
    }
    geometry.computeVertexNormals();
    return this.mesh(geometry, m, x, y, z);
  }

  // ---- parts between points ----

  /** Round bar from a to b; six segments or more look round, four give a square beam. */
  bar(a: Point3, b: Point3, radius: number, m: Material, radiusEnd = radius, segments = 10): Mesh {
    const from = new Vector3(...a);
    const along = new Vector3(...b).sub(from);
    const mesh = this.mesh(new CylinderGeometry(radiusEnd, radius, along.length(), segments), m);
    mesh.position.copy(from).addScaledVector(along, 0.5);
    mesh.quaternion.setFromUnitVectors(UP, along.normalize());
    return mesh;
  }
  tube(points: readonly Point3[], radius: number, m: Material, closed = false): Mesh {
    const curve = new CatmullRomCurve3(
      points.map((p) => new Vector3(...p)),
      closed,
    );
    return this.mesh(new TubeGeometry(curve, Math.max(12, points.length * 5), radius, 8, closed), m);
  }
  /** Turned part from [radius, y] pairs, bottom to top. */
  lathe(profile: readonly Point2[], x: number, y: number, z: number, m: Material, segments = 22): Mesh {
    return this.mesh(
      new LatheGeometry(
        profile.map((p) => new Vector2(p[0], p[1])),
        segments,
      ),
      m,
      x,
      y,
      z,
    );
  }
  /** Outline in (x, y), extruded along z and centred there. */
  prism(outline: readonly Point2[], depth: number, x: number, y: number, z: number, m: Material, bevel = 0): Mesh {
    const shape = new Shape(outline.map((p) => new Vector2(p[0], p[1])));
    const geometry = new ExtrudeGeometry(shape, {
      depth: Math.max(0.001, depth - 2 * bevel),
      steps: 1,
      curveSegments: 6,
      bevelEnabled: bevel > 0,
      bevelSize: bevel,
      bevelThickness: bevel,
      bevelOffset: -bevel,
      bevelSegments: 2,
    });
    geometry.translate(0, 0, -Math.max(0.001, depth - 2 * bevel) / 2);
    return this.mesh(geometry, m, x, y, z);
  }
  /** Outline in (z, y) – a side view, front to the right – extruded along x. */
  sideView(outline: readonly Point2[], width: number, x: number, y: number, z: number, m: Material, bevel = 0): Mesh {
    const mesh = this.prism(outline, width, x, y, z, m, bevel);
    mesh.rotation.y = -Math.PI / 2;
    return mesh;
  }
}

/** A family from a recipe that fills a kit. */
export function familyFromRecipe(id: string, split: ObjectFamily['split'], recipe: (k: Kit) => void): ObjectFamily {
  return {
    id,
    split,
    build: (rng) => {
      const root = new Group();
      root.name = id;
      const shop: Workshop = {
        rng,
        palette: paletteFromRng(rng.fork('palette')),
        flatShading: rng.chance(0.12),
        roughness: rng.range(0.3, 0.95),
        metalness: rng.chance(0.2) ? rng.range(0.1, 0.6) : 0,
        materials: new Map(),
      };
      const body = new Group();
      root.add(body);
      recipe(new Kit(shop, body));
      if (rng.chance(0.5)) body.scale.set(rng.range(0.8, 1.25), rng.range(0.8, 1.25), rng.range(0.8, 1.25));
      return root;
    },
  };
}
