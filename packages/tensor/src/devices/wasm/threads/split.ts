import type { Walk } from "../../../strided.ts";
import type { Heap } from "../heap.ts";
import type { Pool, Program } from "./pool.ts";

/** Numbers in, work done in memory. */
export interface Kernel {
  (...values: number[]): unknown;
  /**
   * Of a loop over elements, where there are threads: calls it once for each innermost run of `walk`, with the run's length,
   * where each operand is, and `numbers`. False, and nothing done, where that is not worth spreading over threads.
   */
  readonly eachRun?: (walk: Walk, operands: readonly Operand[], numbers: readonly number[]) => boolean;
}

/** Where an operand's first element is, and bytes of one. */
export interface Operand {
  readonly address: number;
  readonly bytes: number;
}

/** Threads, and what is worth giving to them. */
export interface Threads {
  readonly pool: Pool;
  readonly heap: Heap;
  /** Estimated nanoseconds of work below which a call stays on one thread. */
  readonly smallest: number;
}

/** How a call of a kernel falls into calls over fewer rows. */
export interface RowSplit {
  /** Which argument counts the rows. */
  readonly rows: number;
  /** For each argument the bytes from one row to the next, 0 for what all rows share; undefined where rows hang together. */
  steps(values: readonly number[]): readonly number[] | undefined;
  /** What one row takes, in nanoseconds, about. */
  cost(values: readonly number[]): number;
  /** Rows of a part are a multiple of this; 1 by default. */
  readonly multiple?: number;
}

/** Into how many parts work of `cost` nanoseconds falls, at most `most`; 1 where it is not worth it. */
export const partsOf = ({ pool, smallest }: Threads, cost: number, most: number): number =>
  cost < smallest ? 1 : Math.min(most, partsPerThread * pool.size);

/** More parts than threads, so that a thread that is late does less. */
const partsPerThread = 2;

/** Rounded up to whole lines of the cache. */
export const lined = (bytes: number): number => 64 * Math.ceil(bytes / 64);

/** From where to where each of `parts` nearly equal parts of `count` goes; all begin at multiples of `multiple`. */
export function ranges(count: number, parts: number, multiple = 1): (readonly [from: number, to: number])[] {
  const blocks = Math.ceil(count / multiple);
  const cut = (i: number): number => Math.min(count, multiple * Math.floor((blocks * i) / parts));
  return Array.from({ length: parts }, (_, i) => [cut(i), cut(i + 1)] as const);
}

/** The arguments of a call over what starts at row or image `from`. */
export const movedBy = (from: number, values: readonly number[], steps: readonly number[]): number[] =>
  values.map((value, k) => {
    const step = steps[k] ?? 0;
    // an address of 0 says that there is no such operand, and a parameter may be a negative zero
    return value === 0 || step === 0 ? value : value + from * step;
  });

/** The kernel with its large calls spread over the threads by rows. */
export function splitRows(program: Program, split: RowSplit, threads: Threads): Kernel {
  const { rows: at, multiple = 1 } = split;
  return (...values) => {
    const rows = values[at] as number;
    const parts = partsOf(threads, rows * split.cost(values), Math.ceil(rows / multiple));
    const steps = parts < 2 || !threads.pool.takes(program, values.length) ? undefined : split.steps(values);
    if (steps === undefined) return program.run(...values);
    threads.pool.run(
      program,
      ranges(rows, parts, multiple).map(([from, to]) => {
        const moved = movedBy(from, values, steps);
        moved[at] = to - from;
        return moved;
      }),
    );
    return undefined;
  };
}
