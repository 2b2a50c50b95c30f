/** One camera in the overview: a frustum in its view's colour that shows its picture, a badge with its letter, a line to the floor. */
import {
  CanvasTexture,
  DoubleSide,
  Group,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  SRGBColorSpace,
  Sprite,
  SpriteMaterial,
  Vector3,
  type Texture,
} from 'three';
import { radFromDeg } from '../core/angles';
import type { HexColor } from '../core/scene-spec';
import { FatLine } from './fat-line';

const DEPTH = 0.85;
const BADGE_SIZE = 0.48;
const DROP_OPACITY = 0.45;
const DROP_WIDTH_PX = 1.2;

function badgeTexture(letter: string, color: HexColor): Texture {
  const sizePx = 128;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = sizePx;
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = color;
    context.beginPath();
    context.arc(sizePx / 2, sizePx / 2, sizePx / 2 - 2, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = '#ffffff';
    context.font = `700 ${sizePx * 0.58}px "Inter Variable", system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(letter, sizePx / 2, sizePx * 0.53);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}

export class CameraMark extends Group {
  private readonly picture: Mesh<PlaneGeometry, MeshBasicMaterial>;
  private readonly edges: readonly FatLine[];
  private readonly frame: FatLine;
  private readonly drop: FatLine;
  private readonly badge: Sprite;
  private readonly lineScale: number;
  private pictureWidthPx = 0;

  constructor(letter: string, color: HexColor, picture: Texture | null, lineScale: number) {
    super();
    this.lineScale = lineScale;
    this.edges = [0, 1, 2, 3].map(() => new FatLine(2, 1.6 * lineScale));
    this.frame = new FatLine(5, 2.2 * lineScale);
    this.drop = new FatLine(2, DROP_WIDTH_PX * lineScale);
    this.picture = new Mesh(
      new PlaneGeometry(1, 1),
      new MeshBasicMaterial({ map: picture, color: picture ? '#ffffff' : color, side: DoubleSide, toneMapped: false }),
    );
    this.badge = new Sprite(
      new SpriteMaterial({ map: badgeTexture(letter, color), toneMapped: false, depthTest: false, transparent: true }),
    );
    this.badge.scale.setScalar(BADGE_SIZE);
    this.badge.renderOrder = 3;
    for (const line of [...this.edges, this.frame, this.drop]) line.setColor(color);
    this.drop.setOpacity(DROP_OPACITY);
    this.add(this.picture, ...this.edges, this.frame, this.drop, this.badge);
  }

  pictureChanged(): void {
    const { map } = this.picture.material;
    if (!map) return;
    const { width } = map.image as HTMLCanvasElement;
    // A texture keeps the size that it was first uploaded with.
    if (width !== this.pictureWidthPx) map.dispose();
    this.pictureWidthPx = width;
    map.needsUpdate = true;
  }

  /** Stands at `position`. @param back unit vector opposite to where it looks */
  place(position: Vector3, back: Vector3, fovYDeg: number, floorY: number): void {
    const right = new Vector3(0, 1, 0).cross(back).normalize();
    const up = back.clone().cross(right);
    const half = DEPTH * Math.tan(radFromDeg(fovYDeg / 2));
    const centre = position.clone().addScaledVector(back, -DEPTH);
    const corner = (x: number, y: number): Vector3 =>
      centre
        .clone()
        .addScaledVector(right, x * half)
        .addScaledVector(up, y * half);
    const corners = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
    corners.forEach((point, index) => this.edges[index]?.setPoints([position, point]));
    this.frame.setPoints([...corners, corners[0] as Vector3]);
    this.drop.setPoints([position, new Vector3(position.x, floorY, position.z)]);
    this.badge.position.copy(position);
    this.picture.position.copy(centre);
    this.picture.scale.setScalar(2 * half);
    // The plane's front faces the camera, as its picture does.
    this.picture.matrixAutoUpdate = true;
    this.picture.up.set(0, 1, 0);
    this.picture.lookAt(position);
  }

  /** Makes the line to the floor stand out: it shows how high the camera is. */
  emphasizeHeight(isOn: boolean): void {
    this.drop.setOpacity(isOn ? 1 : DROP_OPACITY);
    this.drop.setWidth((isOn ? 3.4 : DROP_WIDTH_PX) * this.lineScale);
  }

  override dispose(): void {
    this.picture.geometry.dispose();
    this.picture.material.map?.dispose();
    this.picture.material.dispose();
    this.badge.material.map?.dispose();
    this.badge.material.dispose();
    for (const line of [...this.edges, this.frame, this.drop]) line.dispose();
  }
}
