import type { WasmKernels } from "../kernels.ts";
import { readWindow, windowBytes, writeWindow } from "../window.ts";
import { convolved } from "./images.ts";
import type { Program } from "./pool.ts";
import { lined, partsOf, ranges, type Threads } from "./split.ts";

/**
 * `conv2dWeightGradient` with its large calls spread over threads by output channels, never over the images, which are
 * summed. Depthwise ones, of one output channel in each group, stay on one thread.
 */
export function splitWeights(
  { conv2dWeightGradient, conv2dWeightGradientRowsScratch }: WasmKernels,
  rows: Program,
  threads: Threads,
): WasmKernels["conv2dWeightGradient"] {
  const { pool, heap } = threads;
  return (at, x, dy, dweight, scratch) => {
    const window = readWindow(heap.memory, at);
    const most = Math.min(pool.size, Math.ceil(window.outputs / channels));
    const parts = partsOf(threads, window.batch * convolved(window), most);
    if (parts < 2) {
      conv2dWeightGradient(at, x, dy, dweight, scratch);
      return;
    }
    const own = ranges(window.outputs, parts, channels);
    const bytes = lined(Math.max(...own.map(([from, to]) => conv2dWeightGradientRowsScratch(at, to - from))));
    heap.withScratch(windowBytes * parts + pool.size * bytes, (place) => {
      const calls = own.map(([from, to], i) => {
        const copy = place + windowBytes * i;
        writeWindow(heap.memory, copy, window);
        return [copy, x, dy, dweight, 0, from, to];
      });
      pool.run(rows, calls, { address: place + windowBytes * parts, bytes, argument: 4 });
    });
  };
}

/** Output channels that the kernel computes at once. */
const channels = 8;
