/**
 * What the overview draws around the object: both cameras as frusta with their pictures, the path from A to B, and the floor that makes
 * heights readable. Directions are exact; distances are shortened, so that object and cameras fit one small picture.
 */
import {
  CanvasTexture,
  CircleGeometry,
  Color,
  ConeGeometry,
  DoubleSide,
  Group,
  Mesh,
  MeshBasicMaterial,
  Quaternion,
  RingGeometry,
  SRGBColorSpace,
  Vector3,
} from 'three';
import { degDifference, radFromDeg } from '../core/angles';
import { placeBetween, placeLook, type CameraPlace } from '../core/camera-place';
import { orbitDirectionWorld, poseFromOrbit, type Orbit } from '../core/camera-pose';
import { vec3Add, vec3Dot, vec3Scale, vec3Sub, type Vec3 } from '../core/vec3';
import type { HexColor } from '../core/scene-spec';
import type { Orbits, ViewName } from '../state/page-defaults';
import type { TruthFigure } from '../state/pair';
import { CameraMark } from './camera-mark';
import { FatLine } from './fat-line';
import { OverviewHighlight } from './overview-highlight';

export interface OverviewColors {
  readonly a: HexColor;
  readonly b: HexColor;
  readonly line: HexColor;
  readonly ink: HexColor;
  readonly accent: HexColor;
  /** Width of lines against that of the ordinary themes. */
  readonly lineScale: number;
}

/** How far out a camera is drawn. */
const overviewRadius = (distanceM: number): number => 1.3 + 0.3 * distanceM;

const PATH_POINTS = 65;
/** The arrowhead stands clear of camera B's badge. */
const ARROW_BEFORE_END = 0.46;
const BADGE_MARGIN = 0.34;
const RING_MARGIN = 0.06;
const RING_DEG = Array.from({ length: 24 }, (_, i) => i * 15);

const overviewPosition = ({ azimuthDeg, elevationDeg, distanceM }: Orbit): Vector3 =>
  new Vector3(...orbitDirectionWorld(azimuthDeg, elevationDeg)).multiplyScalar(overviewRadius(distanceM));

/** Around the object when the cameras keep looking at it; a free camera moves straight. */
const pathPoint = (a: CameraPlace, b: CameraPlace, share: number, lensFovYDeg: number): Vector3 =>
  a.look || b.look
    ? overviewPosition(a).lerp(overviewPosition(b), share)
    : overviewPosition(placeBetween(a, b, share, lensFovYDeg));

/** Unit vector opposite to where the camera looks. */
const overviewBack = (place: CameraPlace): Vector3 => {
  const look = placeLook(place);
  return new Vector3(...orbitDirectionWorld(look.azimuthDeg, look.elevationDeg));
};

const WEDGE_OPACITY = { plain: 0.07, highlighted: 0.42 } as const;

export class OverviewMarks extends Group {
  /** What must be in the picture, and how much room it needs around it. */
  private extent: readonly { readonly point: Vec3; readonly margin: number }[] = [];
  private readonly cameras: Record<ViewName, CameraMark>;
  private readonly path: FatLine;
  private readonly arrow: Mesh<ConeGeometry, MeshBasicMaterial>;
  private readonly ring: Mesh<RingGeometry, MeshBasicMaterial>;
  private readonly front: Mesh<CircleGeometry, MeshBasicMaterial>;
  private readonly wedge: Mesh<RingGeometry, MeshBasicMaterial>;
  private readonly highlight: OverviewHighlight;
  private readonly wedgeColors: { readonly plain: Color; readonly highlighted: Color };

  constructor(colors: OverviewColors, pictures: Readonly<Record<ViewName, HTMLCanvasElement | null>>) {
    super();
    const texture = (canvas: HTMLCanvasElement | null): CanvasTexture | null => {
      if (!canvas) return null;
      const made = new CanvasTexture(canvas);
      made.colorSpace = SRGBColorSpace;
      made.generateMipmaps = false;
      made.minFilter = made.magFilter;
      return made;
    };
    this.cameras = {
      a: new CameraMark('A', colors.a, texture(pictures.a), colors.lineScale),
      b: new CameraMark('B', colors.b, texture(pictures.b), colors.lineScale),
    };
    this.path = new FatLine(PATH_POINTS, 3 * colors.lineScale);
    this.path.setGradient(new Color(colors.a), new Color(colors.b));
    const flat = (color: HexColor, opacity = 1): MeshBasicMaterial =>
      new MeshBasicMaterial({
        color,
        toneMapped: false,
        side: DoubleSide,
        transparent: opacity < 1,
        opacity,
        depthWrite: opacity === 1,
      });
    this.arrow = new Mesh(new ConeGeometry(0.12, 0.28, 24), flat(colors.b));
    this.ring = new Mesh(new RingGeometry(0.994, 1, 128), flat(colors.line));
    this.front = new Mesh(new CircleGeometry(0.13, 3), flat(colors.ink, 0.55));
    this.wedge = new Mesh(new RingGeometry(0.001, 1, 1), flat(colors.ink, WEDGE_OPACITY.plain));
    this.highlight = new OverviewHighlight(colors);
    this.wedgeColors = { plain: new Color(colors.ink), highlighted: new Color(colors.accent) };
    for (const mark of [this.ring, this.front, this.wedge]) mark.rotation.x = -Math.PI / 2;
    this.add(this.cameras.a, this.cameras.b, this.path, this.arrow, this.ring, this.front, this.wedge, this.highlight);
  }

  /** New pixels on one of the pictures. */
  pictureChanged(name: ViewName): void {
    this.cameras[name].pictureChanged();
  }

  /**
   * @param share how much of the way from A to B has been travelled, 0…1; camera B stands at its end
   * @param floorY height of the floor under the object
   * @param figure the number that is pointed at, to be shown here; null for none
   */
  update({ a, b }: Orbits, fovYDeg: number, share: number, floorY: number, figure: TruthFigure | null): void {
    const here = placeBetween(a, b, share, fovYDeg);
    this.cameras.a.place(overviewPosition(a), overviewBack(a), a.fovYDeg ?? fovYDeg, floorY);
    this.cameras.b.place(overviewPosition(here), overviewBack(here), here.fovYDeg ?? fovYDeg, floorY);
    for (const mark of [this.cameras.a, this.cameras.b]) mark.emphasizeHeight(figure === 'elevation');
    const wedgeLook = figure === 'azimuth' ? 'highlighted' : 'plain';
    this.wedge.material.opacity = WEDGE_OPACITY[wedgeLook];
    this.wedge.material.color.copy(this.wedgeColors[wedgeLook]);
    this.highlight.update(figure, overviewPosition(a), overviewPosition(here), overviewBack(a), overviewBack(here));

    const points = Array.from({ length: PATH_POINTS }, (_, i) => pathPoint(a, here, i / (PATH_POINTS - 1), fovYDeg));
    let lengthM = 0;
    for (let i = 1; i < PATH_POINTS; i++) lengthM += (points[i] as Vector3).distanceTo(points[i - 1] as Vector3);
    this.path.visible = this.arrow.visible = lengthM > 2 * ARROW_BEFORE_END;
    this.path.setPoints(points);
    const shareAtArrow = Math.max(0, 1 - ARROW_BEFORE_END / Math.max(lengthM, 1e-6));
    const arrowIndex = Math.max(1, Math.min(PATH_POINTS - 1, Math.round(shareAtArrow * (PATH_POINTS - 1))));
    this.path.setDrawnShare(arrowIndex / (PATH_POINTS - 1));
    const tip = points[arrowIndex] as Vector3;
    const along = tip
      .clone()
      .sub(points[arrowIndex - 1] as Vector3)
      .normalize();
    this.arrow.position.copy(tip);
    this.arrow.quaternion.copy(new Quaternion().setFromUnitVectors(new Vector3(0, 1, 0), along));

    const radius =
      overviewRadius(Math.max(a.distanceM, b.distanceM)) * Math.cos(radFromDeg(Math.min(60, Math.abs(a.elevationDeg))));
    this.extent = [
      ...[a, b].map((orbit) => ({ point: overviewPosition(orbit).toArray() as Vec3, margin: BADGE_MARGIN })),
      ...RING_DEG.map((deg) => ({
        point: vec3Add(vec3Scale(orbitDirectionWorld(deg, 0), radius), [0, floorY, 0]),
        margin: RING_MARGIN,
      })),
    ];
    this.ring.scale.setScalar(radius);
    this.ring.position.y = this.wedge.position.y = this.front.position.y = floorY - 0.002;
    this.front.position.z = 1.22;
    this.front.rotation.z = -Math.PI / 2;
    this.wedgeUpdate(a.azimuthDeg, degDifference(b.azimuthDeg, a.azimuthDeg) * share, radius);
  }

  /** The distance from which ring, cameras and badges fit a picture of this aspect (width over height). */
  fitDistance(azimuthDeg: number, elevationDeg: number, fovYDeg: number, aspect: number, targetWorld: Vec3): number {
    const [right, up, back] = poseFromOrbit({ azimuthDeg, elevationDeg, distanceM: 1 }, fovYDeg).cameraFromWorld;
    const limit = Math.tan(radFromDeg(fovYDeg / 2));
    let distanceM = 0;
    for (const { point, margin } of this.extent) {
      const offset = vec3Sub(point, targetWorld);
      const halfExtent = Math.max(
        Math.abs(vec3Dot(offset, up)) + margin,
        (Math.abs(vec3Dot(offset, right)) + margin) / aspect,
      );
      distanceM = Math.max(distanceM, vec3Dot(offset, back) + halfExtent / limit);
    }
    return distanceM;
  }

  override dispose(): void {
    this.cameras.a.dispose();
    this.cameras.b.dispose();
    this.path.dispose();
    this.highlight.dispose();
    for (const mesh of [this.arrow, this.ring, this.front, this.wedge]) {
      mesh.geometry.dispose();
      mesh.material.dispose();
    }
  }

  private wedgeUpdate(fromDeg: number, turnDeg: number, radius: number): void {
    this.wedge.geometry.dispose();
    // In the floor's own plane x is the world's x and y points to −z: azimuth θ lies at angle θ − 90°.
    const startRad = radFromDeg(Math.min(fromDeg, fromDeg + turnDeg) - 90);
    this.wedge.geometry = new RingGeometry(
      0.001,
      radius,
      48,
      1,
      startRad,
      Math.max(1e-4, radFromDeg(Math.abs(turnDeg))),
    );
  }
}
