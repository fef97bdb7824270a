/** Free stretches of linear memory: quick lists by size class, merged into larger stretches when they run dry. */
export class Places {
  /** First byte never handed out yet. */
  top: number;
  readonly #lists: number[][] = Array.from({ length: classes }, () => []);
  #stretches: Stretch[] = [];

  constructor(start: number) {
    this.top = start;
  }

  /** The address of `bytes` (a class size) below `limit`, or undefined where none is free. May raise `top`. */
  take(bytes: number, limit: number): number | undefined {
    const recycled = this.#lists[classOf(bytes)]?.pop();
    if (recycled !== undefined) return recycled;
    if (this.top + bytes <= limit) {
      this.top += bytes;
      return this.top - bytes;
    }
    return this.#carve(bytes) ?? (this.#merge() ? this.#carve(bytes) : undefined);
  }

  give(address: number, bytes: number): void {
    this.#lists[classOf(bytes)]?.push(address);
  }

  #carve(bytes: number): number | undefined {
    const found = this.#stretches.findIndex((stretch) => stretch.bytes >= bytes);
    const stretch = this.#stretches[found];
    if (stretch === undefined) return undefined;
    const { address } = stretch;
    if (stretch.bytes === bytes) this.#stretches.splice(found, 1);
    else {
      stretch.address += bytes;
      stretch.bytes -= bytes;
    }
    return address;
  }

  /** Joins everything free into the longest stretches; whether there was anything to join. */
  #merge(): boolean {
    const all = this.#stretches;
    for (const [index, list] of this.#lists.entries()) {
      for (const address of list) all.push({ address, bytes: sizeOfClass(index) });
      list.length = 0;
    }
    all.sort((a, b) => a.address - b.address);
    const joined: Stretch[] = [];
    for (const stretch of all) {
      const last = joined.at(-1);
      if (last !== undefined && last.address + last.bytes === stretch.address) last.bytes += stretch.bytes;
      else joined.push(stretch);
    }
    this.#stretches = joined;
    return joined.length > 0;
  }
}

interface Stretch {
  address: number;
  bytes: number;
}

/** Four sizes per doubling, from 64 bytes to 4 GiB, all multiples of 16. */
export const classes = 105;

/** Rounds up to the size of a class; what is larger than all of them stays as it is. */
export const classSize = (bytes: number): number => (bytes <= largest ? sizeOfClass(classOf(bytes)) : bytes);

const largest = 2 ** 32;

/** The class that `bytes` fall in; `classes` where they are too many for any. */
export function classOf(bytes: number): number {
  if (bytes <= 64) return 0;
  if (bytes > largest) return classes;
  const exponent = 31 - Math.clz32(bytes - 1);
  return 4 * (exponent - 6) + (((bytes - 1) >>> (exponent - 2)) & 3) + 1;
}

function sizeOfClass(index: number): number {
  if (index === 0) return 64;
  const doublings = (index - 1) >> 2;
  return (5 + ((index - 1) & 3)) * (16 << doublings);
}
