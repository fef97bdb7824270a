/** Numbers that are appended in blocks. */
export class Growing {
  #values = new Float64Array(0);
  #length = 0;

  append(block: ArrayLike<number>): void {
    const needed = this.#length + block.length;
    if (needed > this.#values.length) {
      const wider = new Float64Array(Math.max(needed, 2 * this.#values.length));
      wider.set(this.values);
      this.#values = wider;
    }
    this.#values.set(block, this.#length);
    this.#length = needed;
  }

  /** All of them, as a view. */
  get values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  clear(): void {
    this.#values = new Float64Array(0);
    this.#length = 0;
  }
}
