import type { WasmKernels } from "../kernels.ts";
import type { Program } from "./pool.ts";
import { type Kernel, partsOf, ranges, type Threads } from "./split.ts";

/** A kernel whose sums go over rows, so that threads take columns, or channels, instead. */
export interface ColumnSplit {
  /** The kernel that computes some of the columns: its last two arguments say from where to where. */
  readonly by: keyof WasmKernels;
  /** How many there are, 0 where a call falls into rows. */
  columns(values: readonly number[]): number;
  /** Columns of a part are a multiple of this. */
  multiple(values: readonly number[]): number;
  /** Whether it reads row by row, so that fewer parts read faster: one for each thread. */
  readonly byRow?: true;
  /** What one column takes, in nanoseconds, about. */
  cost(values: readonly number[]): number;
  /** The other arguments of the other kernel; the same by default. */
  others?(values: readonly number[]): readonly number[];
}

/** The kernels that fall into columns. Costs are those of one core of 2023. */
export const columnSplits = (): { readonly [Name in keyof WasmKernels]?: ColumnSplit } => ({
  sum: {
    by: "sumColumns",
    columns: ([, , a, , c = 0]) => (a === 1 && c > 1 ? c : 0),
    multiple: () => 16,
    cost: ([, , , b = 0]) => 0.1 * b,
  },
  batchNormMoments: {
    by: "batchNormMomentsChannels",
    columns: ([, , , , channels = 0]) => channels,
    multiple: ([, , , , , spatial]) => (spatial === 1 ? 4 : 1),
    cost: ([, , , batch = 0, , spatial = 0]) => 0.3 * batch * spatial,
  },
  batchNormGradient: {
    by: "batchNormGradientChannels",
    columns: ([, , , , , , , , , channels = 0]) => channels,
    multiple: ([, , , , , , , , , , spatial]) => (spatial === 1 ? 4 : 1),
    cost: ([, , , , , , , , batch = 0, , spatial = 0]) => 0.5 * batch * spatial,
  },
  layerNormGradient: {
    by: "layerNormGradientColumns",
    columns: ([, , , , , dx, , , , count = 0]) => (dx === 0 ? count : 0),
    multiple: () => 16,
    byRow: true,
    cost: ([, , , , , , , , rows = 0]) => 0.3 * rows,
    others: ([dy = 0, x = 0, mean = 0, rstd = 0, , , ...others]) => [dy, x, mean, rstd, ...others],
  },
});

/** The kernel with its large calls spread over the threads by columns; `columns` is what computes some of them. */
export function splitColumns(kernel: Kernel, columns: Program, split: ColumnSplit, threads: Threads): Kernel {
  const most = split.byRow ? threads.pool.size : Number.POSITIVE_INFINITY;
  return (...values) => {
    const count = split.columns(values);
    const multiple = split.multiple(values);
    const parts = partsOf(threads, count * split.cost(values), Math.min(most, Math.ceil(count / multiple)));
    if (parts < 2) return kernel(...values);
    const others = split.others?.(values) ?? values;
    threads.pool.run(
      columns,
      ranges(count, parts, multiple).map(([from, to]) => [...others, from, to]),
    );
    return undefined;
  };
}
