import type { WasmKernels } from "../kernels.ts";
import type { Program } from "./pool.ts";
import { partsOf, ranges, type Threads } from "./split.ts";

/**
 * `sum` with large ones of all elements spread over threads by runs of elements, whose sums are then added in their order.
 * `rest` is the kernel for other sums.
 */
export function splitSums(
  { sumOfRuns }: WasmKernels,
  rest: WasmKernels["sum"],
  runSums: Program,
  threads: Threads,
): WasmKernels["sum"] {
  const { pool, heap } = threads;
  return (x, out, a, b, c) => {
    const runs = a * c === 1 ? Math.floor(b / run) : 0;
    const parts = partsOf(threads, perElement * b, runs);
    if (parts < 2) {
      rest(x, out, a, b, c);
      return;
    }
    heap.withScratch(8 * runs, (sums) => {
      const calls = ranges(runs, parts).map(([from, to]) => [x + 4 * run * from, sums + 8 * from, to - from]);
      pool.run(runSums, calls);
      sumOfRuns(sums, runs, x + 4 * run * runs, b - run * runs, out);
    });
  };
}

/** Elements that the kernel sums at once. */
const run = 512;

/** Nanoseconds. */
const perElement = 0.1;
