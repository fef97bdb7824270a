import type { WasmKernels } from "../kernels.ts";
import type { Program } from "./pool.ts";
import { partsOf, ranges, type Threads } from "./split.ts";

/** `copyStrided` with its large calls spread over threads by the outermost dimension. */
export function splitCopies(
  { copyStrided }: WasmKernels,
  program: Program,
  threads: Threads,
): WasmKernels["copyStrided"] {
  const { pool, heap } = threads;
  const table = (address: number, rank: number): Int32Array => new Int32Array(heap.memory.buffer, address, rank);
  return (x, y, rank, shape, strides) => {
    const [outer = 1, ...others] = table(shape, rank);
    const inner = others.reduce((product, length) => product * length, 1);
    const parts = partsOf(threads, perElement * outer * inner, outer);
    if (parts < 2) {
      copyStrided(x, y, rank, shape, strides);
      return;
    }
    const [step = 0] = table(strides, rank);
    heap.withScratch(4 * rank * parts, (place) => {
      const calls = ranges(outer, parts).map(([from, to], i) => {
        const own = place + 4 * rank * i;
        table(own, rank).set([to - from, ...others]);
        return [x + 4 * from * step, y + 4 * from * inner, rank, own, strides];
      });
      pool.run(program, calls);
    });
  };
}

/** Nanoseconds. */
const perElement = 0.5;
