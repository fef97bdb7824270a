import type { WasmKernels } from "../kernels.ts";
import type { Program } from "./pool.ts";
import { lined, partsOf, ranges, type Threads } from "./split.ts";

/**
 * Large products spread over the threads by rows of C, batches of them product by product, each thread with scratch
 * memory of its own.
 */
export function splitProducts(
  kernels: WasmKernels,
  rows: Program,
  batch: Program,
  threads: Threads,
): Pick<WasmKernels, "gemm" | "gemmBatch"> {
  const { pool, heap, smallest } = threads;
  const bytes = lined(kernels.gemmScratch());

  const gemm: WasmKernels["gemm"] = (m, n, k, a, b, c, flags, bias, scratch) => {
    const parts = Math.min(pool.size, Math.ceil(m / multiple));
    if (parts < 2 || Math.min(n, k) < 2 || (m * n * k) / multiplied < smallest) {
      kernels.gemm(m, n, k, a, b, c, flags, bias, scratch);
      return;
    }
    const calls = ranges(m, parts, multiple).map(([from, to]) => [m, n, k, a, b, c, flags, bias, 0, from, to]);
    heap.withScratch(pool.size * bytes, (address) => pool.run(rows, calls, { address, bytes, argument: 8 }));
  };

  const gemmBatch: WasmKernels["gemmBatch"] = (count, aStep, bStep, cStep, m, n, k, a, b, c, flags, bias, scratch) => {
    const parts = partsOf(threads, (count * m * n * k) / multiplied, count);
    if (parts < 2) {
      kernels.gemmBatch(count, aStep, bStep, cStep, m, n, k, a, b, c, flags, bias, scratch);
      return;
    }
    if (parts < pool.size) {
      for (let i = 0; i < count; i++) gemm(m, n, k, a + i * aStep, b + i * bStep, c + i * cStep, flags, bias, scratch);
      return;
    }
    const calls = ranges(count, parts).map(([from, to]) => {
      const places = [a + from * aStep, b + from * bStep, c + from * cStep];
      return [to - from, aStep, bStep, cStep, m, n, k, ...places, flags, bias, 0];
    });
    heap.withScratch(pool.size * bytes, (address) => pool.run(batch, calls, { address, bytes, argument: 12 }));
  };

  return { gemm, gemmBatch };
}

/** Multiply-adds in a nanosecond. */
const multiplied = 25;

/** Rows that the kernel computes at once. */
const multiple = 6;
