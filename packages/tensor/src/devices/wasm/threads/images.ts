import type { WasmKernels } from "../kernels.ts";
import { multiplyAdds, readWindow, type Window, windowBytes, writeWindow } from "../window.ts";
import type { Program } from "./pool.ts";
import { type Kernel, lined, movedBy, partsOf, ranges, type Threads } from "./split.ts";

/** A kernel whose images are worked on one by one. Its first argument is a window. */
export interface ImageSplit {
  /** For each argument but the window the bytes from one image to the next, 0 for what all images share. */
  steps(window: Window): readonly number[];
  /** What one image takes, in nanoseconds, about. */
  cost(window: Window): number;
  /** Names the function that says how much scratch memory is wanted; its address is then the last argument. */
  readonly scratch?: "conv2dScratch" | "conv2dInputGradientScratch";
}

/** The kernels that fall into images. */
export const imageSplits = (): { readonly [Name in keyof WasmKernels]?: ImageSplit } => ({
  conv2d: {
    steps: (window) => [inputBytes(window), 0, 0, outputBytes(window)],
    cost: convolved,
    scratch: "conv2dScratch",
  },
  conv2dInputGradient: {
    steps: (window) => [outputBytes(window), 0, inputBytes(window)],
    cost: convolved,
    scratch: "conv2dInputGradientScratch",
  },
  maxPool2d: {
    steps: (window) => [inputBytes(window), outputBytes(window), outputBytes(window)],
    cost: pooled,
  },
  maxPool2dGradient: {
    steps: (window) => [outputBytes(window), outputBytes(window), inputBytes(window)],
    cost: pooled,
  },
  avgPool2d: { steps: (window) => [inputBytes(window), outputBytes(window)], cost: pooled },
  avgPool2dGradient: { steps: (window) => [outputBytes(window), inputBytes(window)], cost: pooled },
});

const inputBytes = ({ groups, channels, height, width }: Window): number => 4 * groups * channels * height * width;

/** Of a convolution, or of a pool, which has as many channels as there are inputs. */
const outputBytes = ({ groups, outputs, outY, outX }: Window): number => 4 * groups * outputs * outY * outX;

/** Nanoseconds for the multiply-adds of one image. */
export const convolved = (window: Window): number => multiplyAdds(window) / window.batch / 15;

const pooled = ({ channels, height, width }: Window): number => 0.5 * channels * height * width;

/** The kernel with its large calls spread over threads by images, each part with a window of its own. */
export function splitImages(
  program: Program,
  { steps: stepsOf, cost, scratch }: ImageSplit,
  kernels: WasmKernels,
  threads: Threads,
): Kernel {
  const { pool, heap } = threads;
  return (at = 0, ...values) => {
    const window = readWindow(heap.memory, at);
    const parts = partsOf(threads, window.batch * cost(window), window.batch);
    if (parts < 2) return program.run(at, ...values);
    const steps = stepsOf(window);
    const bytes = scratch === undefined ? 0 : lined(kernels[scratch](at));
    return heap.withScratch(windowBytes * parts + pool.size * bytes, (place) => {
      const calls = ranges(window.batch, parts).map(([from, to], i) => {
        const own = place + windowBytes * i;
        writeWindow(heap.memory, own, { ...window, batch: to - from });
        return [own, ...movedBy(from, values, steps)];
      });
      const address = place + windowBytes * parts;
      pool.run(program, calls, bytes === 0 ? undefined : { address, bytes, argument: values.length });
    });
  };
}
