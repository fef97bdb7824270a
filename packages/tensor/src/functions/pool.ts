import { shapeText } from "../errors.ts";
import { averagePool } from "../ops/pool/average.ts";
import { maxPoolAt, maxPoolIndices } from "../ops/pool/max.ts";
import { type Span, type Window, windowSpan } from "../ops/pool/spans.ts";
import type { Tensor } from "../tensor.ts";
import { checkRank, type PerDim, perDim } from "./spatial.ts";

export interface MaxPoolOptions {
  /** Sizes of the windows. */
  kernelSize: PerDim;
  /** Distance of the windows; default their size. */
  stride?: PerDim | undefined;
  /** Elements on both sides that never win; at most half the kernel. Default 0. */
  padding?: PerDim;
  /** Distance of a window's elements. Default 1. */
  dilation?: PerDim;
  /** Windows may hang over the end if they start inside. Default false. */
  ceilMode?: boolean;
  /** Give `{ values, indices }`. Default false. */
  returnIndices?: boolean;
}

/** The largest elements, and where they are: int32 indices into each flattened plane. */
export interface Pooled {
  readonly values: Tensor;
  readonly indices: Tensor;
}

type WithIndices = MaxPoolOptions & { returnIndices: true };

/**
 * The largest element of each window. Shape `[n, c, length]` or `[c, length]` to `[…, windows]`.
 *
 * @example
 * maxPool1d(tensor([[1, 5, 2, 3]]), { kernelSize: 2 }).tolist(); // => [[5, 3]]
 */
export function maxPool1d(x: Tensor, options: WithIndices): Pooled;
export function maxPool1d(x: Tensor, options: MaxPoolOptions): Tensor;
export function maxPool1d(x: Tensor, options: MaxPoolOptions): Tensor | Pooled {
  return maxPoolNd("maxPool1d", 1, x, options);
}

/**
 * The largest element of each window. Shape `[n, c, height, width]` or `[c, height, width]` to
 * `[…, outHeight, outWidth]`, each `⌊(size + 2 padding - dilation (kernel - 1) - 1) / stride⌋ + 1`. NaN wins.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html
 *
 * @example
 * maxPool2d(tensor([[[1, 2], [3, 4]]]), { kernelSize: 2 }).tolist(); // => [[[4]]]
 */
export function maxPool2d(x: Tensor, options: WithIndices): Pooled;
export function maxPool2d(x: Tensor, options: MaxPoolOptions): Tensor;
export function maxPool2d(x: Tensor, options: MaxPoolOptions): Tensor | Pooled {
  return maxPoolNd("maxPool2d", 2, x, options);
}

/**
 * The largest element of each window of three spatial dimensions, as `maxPool2d` of two.
 *
 * @example
 * maxPool3d(ones([1, 4, 4, 4]), { kernelSize: 2 }).shape; // => [1, 2, 2, 2]
 */
export function maxPool3d(x: Tensor, options: WithIndices): Pooled;
export function maxPool3d(x: Tensor, options: MaxPoolOptions): Tensor;
export function maxPool3d(x: Tensor, options: MaxPoolOptions): Tensor | Pooled {
  return maxPoolNd("maxPool3d", 3, x, options);
}

function maxPoolNd(who: string, rank: number, x: Tensor, options: MaxPoolOptions): Tensor | Pooled {
  const {
    kernelSize,
    stride = kernelSize,
    padding = 0,
    dilation = 1,
    ceilMode = false,
    returnIndices = false,
  } = options;
  const window = windowOf(who, rank, { kernelSize, stride, padding, dilation, ceilMode, countPad: false });
  const indices = maxPoolIndices(x, { spans: spansOf(who, rank, x, window), window });
  const values = maxPoolAt(x, indices, rank);
  return returnIndices ? { values, indices } : values;
}

export interface AvgPoolOptions {
  /** Sizes of the windows. */
  kernelSize: PerDim;
  /** Distance of the windows; default their size. */
  stride?: PerDim | undefined;
  /** Zeros on both sides; at most half the kernel. Default 0. */
  padding?: PerDim;
  /** Windows may hang over the end if they start inside. Default false. */
  ceilMode?: boolean;
  /** Whether the zeros count. Default true. */
  countIncludePad?: boolean;
  /** Divides every sum, instead of the number of elements. */
  divisorOverride?: number | undefined;
}

/**
 * The mean of each window. Shape `[n, c, length]` or `[c, length]` to `[…, windows]`.
 *
 * @example
 * avgPool1d(tensor([[1, 5, 2, 4]]), { kernelSize: 2 }).tolist(); // => [[3, 3]]
 */
export const avgPool1d = (x: Tensor, options: Omit<AvgPoolOptions, "divisorOverride">): Tensor =>
  avgPoolNd("avgPool1d", 1, x, options);

/**
 * The mean of each window. Shape `[n, c, height, width]` or `[c, height, width]` to `[…, outHeight, outWidth]`.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.avg_pool2d.html
 *
 * @example
 * avgPool2d(tensor([[[1, 2], [3, 6]]]), { kernelSize: 2 }).tolist(); // => [[[3]]]
 */
export const avgPool2d = (x: Tensor, options: AvgPoolOptions): Tensor => avgPoolNd("avgPool2d", 2, x, options);

/**
 * The mean of each window of three spatial dimensions, as `avgPool2d` of two.
 *
 * @example
 * avgPool3d(ones([1, 4, 4, 4]), { kernelSize: 2 }).shape; // => [1, 2, 2, 2]
 */
export const avgPool3d = (x: Tensor, options: AvgPoolOptions): Tensor => avgPoolNd("avgPool3d", 3, x, options);

function avgPoolNd(who: string, rank: number, x: Tensor, options: AvgPoolOptions): Tensor {
  const {
    kernelSize,
    stride = kernelSize,
    padding = 0,
    ceilMode = false,
    countIncludePad = true,
    divisorOverride,
  } = options;
  if (divisorOverride === 0) throw new RangeError(`${who}: divisorOverride must not be 0`);
  const window = windowOf(who, rank, { kernelSize, stride, padding, dilation: 1, ceilMode, countPad: countIncludePad });
  return averagePool(x, { spans: spansOf(who, rank, x, window), window, divisor: divisorOverride });
}

interface WindowOptions {
  readonly kernelSize: PerDim;
  readonly stride: PerDim;
  readonly padding: PerDim;
  readonly dilation: PerDim;
  readonly ceilMode: boolean;
  readonly countPad: boolean;
}

function windowOf(
  who: string,
  rank: number,
  { kernelSize, stride, padding, dilation, ceilMode, countPad }: WindowOptions,
): Window {
  const kernel = perDim(who, "kernelSize", kernelSize, rank, 1);
  const pads = perDim(who, "padding", padding, rank, 0);
  if (pads.some((pad, dim) => 2 * pad > (kernel[dim] as number))) {
    throw new RangeError(
      `${who}: padding must be at most half of kernelSize: ${shapeText(pads)} and ${shapeText(kernel)}`,
    );
  }
  const steps = typeof stride !== "number" && stride.length === 0 ? kernel : perDim(who, "stride", stride, rank, 1);
  return {
    kernel,
    stride: steps,
    padding: pads,
    dilation: perDim(who, "dilation", dilation, rank, 1),
    ceilMode,
    countPad,
  };
}

function spansOf(who: string, rank: number, x: Tensor, window: Window): Span[] {
  checkRank(who, x, rank);
  checkPlanes(who, x, rank);
  return x.shape.slice(-rank).map((size, dim) => {
    const span = windowSpan(size, window, dim);
    if (span.starts.length > 0 && span.starts.every((start, o) => start < (span.ends[o] as number))) return span;
    if (span.starts.length > 0)
      throw new RangeError(
        `${who}: a window lies between the elements of dim ${dim - rank}: dilation ${shapeText(window.dilation)} (x ${shapeText(x.shape)})`,
      );
    throw new RangeError(
      `${who}: the window is larger than the padded input: kernelSize ${shapeText(window.kernel)}, padding ${shapeText(window.padding)} (x ${shapeText(x.shape)})`,
    );
  });
}

/** Throws where channels or spatial dimensions are empty; the batch may be. */
export function checkPlanes(who: string, x: Tensor, rank: number): void {
  if (!x.shape.slice(-rank - 1).includes(0)) return;
  throw new RangeError(`${who}: only the batch may be empty (x ${shapeText(x.shape)})`);
}
