import { operandsText, shapeText } from "../errors.ts";
import { maxUnpool } from "../ops/pool/max.ts";
import type { Tensor } from "../tensor.ts";
import { checkRank, type PerDim, perDim } from "./spatial.ts";

export interface MaxUnpoolOptions {
  /** Sizes of the windows. */
  kernelSize: PerDim;
  /** Distance of the windows; default their size. */
  stride?: PerDim | undefined;
  /** Default 0. */
  padding?: PerDim;
  /** Sizes of the result, with or without batch and channels; default the smallest that the windows came from. */
  outputSize?: readonly number[] | undefined;
}

/**
 * Zeros with each element of `x` where `maxPool1d` found it. Shape `[n, c, windows]` or `[c, windows]` and int32 indices
 * of that shape to `[…, length]`.
 *
 * @example
 * const { values, indices } = maxPool1d(tensor([[1, 5, 2, 3]]), { kernelSize: 2, returnIndices: true });
 * maxUnpool1d(values, indices, { kernelSize: 2 }).tolist(); // => [[0, 5, 0, 3]]
 */
export const maxUnpool1d = (x: Tensor, indices: Tensor, options: MaxUnpoolOptions): Tensor =>
  unpool("maxUnpool1d", 1, x, indices, options);

/**
 * Zeros with each element of `x` where `maxPool2d` found it. Shape `[n, c, h, w]` or `[c, h, w]` and int32 indices of
 * that shape to `[…, outHeight, outWidth]`, each `(size - 1) stride - 2 padding + kernel` unless `outputSize` says else.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.max_unpool2d.html
 *
 * @example
 * const { values, indices } = maxPool2d(tensor([[[1, 2], [3, 4]]]), { kernelSize: 2, returnIndices: true });
 * maxUnpool2d(values, indices, { kernelSize: 2 }).tolist(); // => [[[0, 0], [0, 4]]]
 */
export const maxUnpool2d = (x: Tensor, indices: Tensor, options: MaxUnpoolOptions): Tensor =>
  unpool("maxUnpool2d", 2, x, indices, options);

/**
 * Zeros with each element of `x` where `maxPool3d` found it, as `maxUnpool2d`.
 *
 * @example
 * const { values, indices } = maxPool3d(ones([1, 2, 2, 2]), { kernelSize: 2, returnIndices: true });
 * maxUnpool3d(values, indices, { kernelSize: 2 }).shape; // => [1, 2, 2, 2]
 */
export const maxUnpool3d = (x: Tensor, indices: Tensor, options: MaxUnpoolOptions): Tensor =>
  unpool("maxUnpool3d", 3, x, indices, options);

function unpool(who: string, rank: number, x: Tensor, indices: Tensor, options: MaxUnpoolOptions): Tensor {
  checkRank(who, x, rank);
  const { kernelSize, stride = kernelSize, padding = 0, outputSize } = options;
  const kernel = perDim(who, "kernelSize", kernelSize, rank, 1);
  const steps = perDim(who, "stride", stride, rank, 1);
  const pads = perDim(who, "padding", padding, rank, 0);
  const smallest = x.shape
    .slice(-rank)
    .map((size, dim) => (size - 1) * (steps[dim] as number) + (kernel[dim] as number) - 2 * (pads[dim] as number));
  if (outputSize === undefined) return maxUnpool(x, indices, smallest);
  const size = outputSize.length === rank + 2 ? outputSize.slice(2) : outputSize;
  const fits =
    size.length === rank &&
    size.every((length, dim) => Math.abs(length - (smallest[dim] as number)) < (steps[dim] as number));
  if (!fits) {
    throw new RangeError(
      `${who}: outputSize ${shapeText(outputSize)} does not fit: it must differ from ${shapeText(smallest)} by less than stride ${shapeText(steps)} ${operandsText({ x })}`,
    );
  }
  return maxUnpool(x, indices, size);
}
