/** Free stretches of linear memory: quick lists by size class, merged into larger stretches when they run dry. */
export class Places {
  /** First byte never handed out yet. */
  top: number;
  readonly #lists = new Map<number, number[]>();
  #stretches: Stretch[] = [];

  constructor(start: number) {
    this.top = start;
  }

  /** The address of `bytes` (a class size) below `limit`, or undefined where none is free. May raise `top`. */
  take(bytes: number, limit: number): number | undefined {
    const recycled = this.#lists.get(bytes)?.pop();
    if (recycled !== undefined) return recycled;
    if (this.top + bytes <= limit) {
      this.top += bytes;
      return this.top - bytes;
    }
    return this.#carve(bytes) ?? (this.#merge() ? this.#carve(bytes) : undefined);
  }

  give(address: number, bytes: number): void {
    const list = this.#lists.get(bytes);
    if (list === undefined) this.#lists.set(bytes, [address]);
    else list.push(address);
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
    for (const [bytes, list] of this.#lists) for (const address of list) all.push({ address, bytes });
    this.#lists.clear();
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

/** Rounds up to one of four sizes per doubling, from 64 bytes on, all multiples of 16. */
export function classSize(bytes: number): number {
  if (bytes <= 64) return 64;
  const step = 2 ** (30 - Math.clz32(bytes - 1)) / 2;
  const rounded = Math.ceil(bytes / step) * step;
  return Math.ceil(rounded / 16) * 16;
}
