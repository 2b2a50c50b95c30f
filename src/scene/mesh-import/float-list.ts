/** Numbers of a mesh while their count is not known yet: plain arrays take several times the memory. */
export class FloatList {
  length = 0;
  private values = new Float32Array(3 * 1024);

  push(x: number, y: number, z?: number): void {
    if (this.length + 3 > this.values.length) {
      const longer = new Float32Array(2 * this.values.length);
      longer.set(this.values);
      this.values = longer;
    }
    this.values[this.length++] = x;
    this.values[this.length++] = y;
    if (z !== undefined) this.values[this.length++] = z;
  }

  at(index: number): number {
    return this.values[index] as number;
  }

  /** A copy of just the right length. */
  toArray(): Float32Array {
    return this.values.slice(0, this.length);
  }
}
