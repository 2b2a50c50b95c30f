/** A polyline of a width in pixels, which plain WebGL lines don't have. */
import { DynamicDrawUsage, type Color, type InterleavedBufferAttribute, type Vector3 } from 'three';
import { Line2 } from 'three/addons/lines/Line2.js';
import { LineGeometry } from 'three/addons/lines/LineGeometry.js';
import { LineMaterial } from 'three/addons/lines/LineMaterial.js';
import type { HexColor } from '../core/scene-spec';

export class FatLine extends Line2 {
  private readonly pointCount: number;

  constructor(pointCount: number, widthPx: number) {
    super(new LineGeometry(), new LineMaterial({ linewidth: widthPx, toneMapped: false }));
    this.pointCount = pointCount;
    this.geometry.setPositions(new Float32Array(pointCount * 3));
    this.ends.setUsage(DynamicDrawUsage);
    // The bounds of points that move would have to be computed again and again.
    this.frustumCulled = false;
  }

  /** Both ends of each segment: six numbers, so each point but the first and the last is there twice. */
  private get ends(): InterleavedBufferAttribute['data'] {
    return (this.geometry.getAttribute('instanceStart') as InterleavedBufferAttribute).data;
  }

  setColor(color: HexColor): void {
    this.material.color.set(color);
  }

  setWidth(widthPx: number): void {
    this.material.linewidth = widthPx;
  }

  setOpacity(opacity: number): void {
    this.material.transparent = opacity < 1;
    this.material.opacity = opacity;
  }

  /** From one colour to another along the line. */
  setGradient(from: Color, to: Color): void {
    const colors: number[] = [];
    for (let i = 0; i < this.pointCount; i++)
      colors.push(
        ...from
          .clone()
          .lerp(to, i / (this.pointCount - 1))
          .toArray(),
      );
    this.geometry.setColors(colors);
    this.material.vertexColors = true;
  }

  /** @param points as many as the line was made for */
  setPoints(points: readonly Vector3[]): void {
    // Not `setPositions`, which makes new buffers: lines that move are drawn anew with every frame.
    const { ends, pointCount } = this;
    points.forEach((point, i) => {
      if (i > 0) point.toArray(ends.array, 6 * i - 3);
      if (i < pointCount - 1) point.toArray(ends.array, 6 * i);
    });
    ends.needsUpdate = true;
  }

  /** Draws only the first part, 0…1. */
  setDrawnShare(share: number): void {
    this.geometry.instanceCount = Math.round((this.pointCount - 1) * share);
  }

  override dispose(): void {
    this.geometry.dispose();
    this.material.dispose();
  }
}
