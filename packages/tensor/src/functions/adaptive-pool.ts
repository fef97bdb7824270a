import { shapeText } from "../errors.ts";
import { averagePool } from "../ops/pool/average.ts";
import { maxPoolAt, maxPoolIndices } from "../ops/pool/max.ts";
import { adaptiveSpan, type Span, type Window } from "../ops/pool/spans.ts";
import type { Tensor } from "../tensor.ts";
import { checkPlanes, type Pooled } from "./pool.ts";
import { checkRank } from "./spatial.ts";

/** The size of the result: one number for all dimensions or one for each; null keeps a size. */
export type OutputSize = number | readonly (number | null)[];

/**
 * Means of `outputSize` windows that share each plane evenly. Shape `[n, c, length]` or `[c, length]` to `[…, outputSize]`.
 *
 * @example
 * adaptiveAvgPool1d(tensor([[1, 2, 3, 4]]), 2).tolist(); // => [[1.5, 3.5]]
 */
export const adaptiveAvgPool1d = (x: Tensor, outputSize: OutputSize): Tensor =>
  average("adaptiveAvgPool1d", 1, x, outputSize);

/**
 * Means of windows that share each plane evenly: window i of a dimension covers `⌊i size / out⌋` to `⌈(i + 1) size / out⌉`.
 * Shape `[n, c, height, width]` or `[c, height, width]` to `[…, ...outputSize]`.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.adaptive_avg_pool2d.html
 *
 * @example
 * adaptiveAvgPool2d(ones([2, 3, 7, 5]), 1).shape; // => [2, 3, 1, 1]
 */
export const adaptiveAvgPool2d = (x: Tensor, outputSize: OutputSize): Tensor =>
  average("adaptiveAvgPool2d", 2, x, outputSize);

/**
 * Means of windows of three spatial dimensions, as `adaptiveAvgPool2d` of two.
 *
 * @example
 * adaptiveAvgPool3d(ones([3, 4, 5, 6]), [2, null, 1]).shape; // => [3, 2, 5, 1]
 */
export const adaptiveAvgPool3d = (x: Tensor, outputSize: OutputSize): Tensor =>
  average("adaptiveAvgPool3d", 3, x, outputSize);

/**
 * The largest elements of `outputSize` windows that share each plane evenly. Shapes as for `adaptiveAvgPool1d`.
 *
 * @example
 * adaptiveMaxPool1d(tensor([[1, 2, 4, 3]]), 2).tolist(); // => [[2, 4]]
 */
export function adaptiveMaxPool1d(x: Tensor, outputSize: OutputSize, options: { returnIndices: true }): Pooled;
export function adaptiveMaxPool1d(x: Tensor, outputSize: OutputSize, options?: AdaptiveMaxOptions): Tensor;
export function adaptiveMaxPool1d(
  x: Tensor,
  outputSize: OutputSize,
  options: AdaptiveMaxOptions = {},
): Tensor | Pooled {
  return largest("adaptiveMaxPool1d", 1, x, outputSize, options);
}

/**
 * The largest elements of windows that share each plane evenly. Shapes as for `adaptiveAvgPool2d`.
 *
 * @example
 * adaptiveMaxPool2d(tensor([[[1, 2], [3, 4]]]), 1).tolist(); // => [[[4]]]
 */
export function adaptiveMaxPool2d(x: Tensor, outputSize: OutputSize, options: { returnIndices: true }): Pooled;
export function adaptiveMaxPool2d(x: Tensor, outputSize: OutputSize, options?: AdaptiveMaxOptions): Tensor;
export function adaptiveMaxPool2d(
  x: Tensor,
  outputSize: OutputSize,
  options: AdaptiveMaxOptions = {},
): Tensor | Pooled {
  return largest("adaptiveMaxPool2d", 2, x, outputSize, options);
}

/**
 * The largest elements of windows of three spatial dimensions, as `adaptiveMaxPool2d` of two.
 *
 * @example
 * adaptiveMaxPool3d(ones([3, 4, 5, 6]), 2).shape; // => [3, 2, 2, 2]
 */
export function adaptiveMaxPool3d(x: Tensor, outputSize: OutputSize, options: { returnIndices: true }): Pooled;
export function adaptiveMaxPool3d(x: Tensor, outputSize: OutputSize, options?: AdaptiveMaxOptions): Tensor;
export function adaptiveMaxPool3d(
  x: Tensor,
  outputSize: OutputSize,
  options: AdaptiveMaxOptions = {},
): Tensor | Pooled {
  return largest("adaptiveMaxPool3d", 3, x, outputSize, options);
}

interface AdaptiveMaxOptions {
  /** Give `{ values, indices }`. Default false. */
  returnIndices?: boolean;
}

const average = (who: string, rank: number, x: Tensor, outputSize: OutputSize): Tensor =>
  averagePool(x, { ...windowsOf(who, rank, x, outputSize), divisor: undefined });

function largest(
  who: string,
  rank: number,
  x: Tensor,
  outputSize: OutputSize,
  { returnIndices = false }: AdaptiveMaxOptions,
): Tensor | Pooled {
  const indices = maxPoolIndices(x, windowsOf(who, rank, x, outputSize));
  const values = maxPoolAt(x, indices, rank);
  return returnIndices ? { values, indices } : values;
}

function windowsOf(
  who: string,
  rank: number,
  x: Tensor,
  outputSize: OutputSize,
): { spans: Span[]; window: Window | undefined } {
  checkRank(who, x, rank);
  checkPlanes(who, x, rank);
  const given = typeof outputSize === "number" ? new Array<number>(rank).fill(outputSize) : outputSize;
  if (given.length !== rank || given.some((size) => size !== null && (!Number.isInteger(size) || size < 0))) {
    throw new RangeError(
      `${who}: outputSize needs ${rank} whole numbers from 0 on or null, got ${JSON.stringify(outputSize)} (x ${shapeText(x.shape)})`,
    );
  }
  const sizes = x.shape.slice(-rank);
  const outputs = sizes.map((size, dim) => given[dim] ?? size);
  return {
    spans: sizes.map((size, dim) => adaptiveSpan(size, outputs[dim] as number)),
    window: evenWindow(sizes, outputs),
  };
}

/** The one window that all are, where every size divides. */
function evenWindow(sizes: readonly number[], outputs: readonly number[]): Window | undefined {
  const kernel = sizes.map((size, dim) => size / (outputs[dim] as number));
  if (!kernel.every(Number.isInteger)) return undefined;
  return {
    kernel,
    stride: kernel,
    padding: kernel.map(() => 0),
    dilation: kernel.map(() => 1),
    ceilMode: false,
    countPad: true,
  };
}
