import { operandsText, shapeText } from "../errors.ts";
import { convolutionInputGradient } from "../ops/conv/convolution.ts";
import { add } from "../ops/elementwise/arithmetic.ts";
import { view } from "../ops/view/reshape.ts";
import type { Tensor } from "../tensor.ts";
import { checkBias, checkTypes, checkWeight } from "./conv.ts";
import { overBatch, type PerDim, perDim } from "./spatial.ts";

export interface ConvTransposeOptions {
  /** Distance of neighbouring inputs in the result. Default 1. */
  stride?: PerDim;
  /** Elements cut off on both sides of the result. Default 0. */
  padding?: PerDim;
  /** Elements added behind the result, fewer than stride or dilation. Default 0. */
  outputPadding?: PerDim;
  /** Default 1. */
  groups?: number;
  /** Distance of the kernel's elements. Default 1. */
  dilation?: PerDim;
}

/**
 * The transposed convolution: what `conv1d` does to gradients.
 *
 * - x: `[n, c, length]` or `[c, length]`, weight: `[c, o / groups, k]`, bias: `[o]`
 * - result: `[n, o, (length - 1) stride - 2 padding + dilation (k - 1) + outputPadding + 1]`
 *
 * @example
 * convTranspose1d(tensor([[[1, 2]]]), tensor([[[1, 10]]])).tolist(); // => [[[1, 12, 20]]]
 */
export const convTranspose1d = (x: Tensor, weight: Tensor, bias?: Tensor, options: ConvTransposeOptions = {}): Tensor =>
  convTransposeNd("convTranspose1d", 1, x, weight, bias, options);

/**
 * The transposed convolution: what `conv2d` does to gradients.
 *
 * - x: `[n, c, height, width]` or `[c, height, width]`, weight: `[c, o / groups, kh, kw]`, bias: `[o]`
 * - result: `[n, o, outHeight, outWidth]`, each `(size - 1) stride - 2 padding + dilation (k - 1) + outputPadding + 1`
 *
 * @example
 * convTranspose2d(ones([1, 1, 2, 2]), ones([1, 1, 1, 1]), undefined, { stride: 2 }).shape; // => [1, 1, 3, 3]
 */
export const convTranspose2d = (x: Tensor, weight: Tensor, bias?: Tensor, options: ConvTransposeOptions = {}): Tensor =>
  convTransposeNd("convTranspose2d", 2, x, weight, bias, options);

/**
 * The transposed convolution over three spatial dimensions, as `convTranspose2d` over two.
 *
 * @example
 * convTranspose3d(ones([1, 1, 2, 2, 2]), ones([1, 4, 3, 3, 3])).shape; // => [1, 4, 4, 4, 4]
 */
export const convTranspose3d = (x: Tensor, weight: Tensor, bias?: Tensor, options: ConvTransposeOptions = {}): Tensor =>
  convTransposeNd("convTranspose3d", 3, x, weight, bias, options);

function convTransposeNd(
  who: string,
  rank: number,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  options: ConvTransposeOptions,
): Tensor {
  const { groups = 1 } = options;
  return overBatch(who, x, rank, (batch) => {
    checkWeight(who, rank, weight, groups);
    const [inputs, perGroup] = weight.shape as [number, number];
    if (batch.shape[1] !== inputs)
      throw new RangeError(
        `${who}: weight takes ${inputs} channels, x has ${batch.shape[1]} ${operandsText({ x, weight })}`,
      );
    if (inputs % groups !== 0)
      throw new RangeError(
        `${who}: groups ${groups} do not divide ${inputs} input channels ${operandsText({ weight })}`,
      );
    checkBias(who, bias, perGroup * groups, weight);
    checkTypes(who, { x, weight, ...(bias === undefined ? {} : { bias }) });
    const [stride, padding, extra, dilation] = geometry(who, rank, options);
    const output = batch.shape.slice(2).map((size, dim) => {
      const reach = (dilation[dim] as number) * ((weight.shape[dim + 2] as number) - 1);
      return (size - 1) * (stride[dim] as number) - 2 * (padding[dim] as number) + reach + (extra[dim] as number) + 1;
    });
    if (output.some((length) => length < 1)) {
      throw new RangeError(
        `${who}: padding ${shapeText(padding)} leaves nothing: the result would be ${shapeText(output)} ${operandsText({ x, weight })}`,
      );
    }
    const shape = [batch.shape[0] as number, perGroup * groups, ...output];
    const result = convolutionInputGradient(batch, weight, {
      stride,
      padding,
      dilation,
      groups,
      output: batch.shape.slice(2),
      shape,
    });
    return bias === undefined ? result : add(result, view(bias, [bias.size, ...output.map(() => 1)]));
  });
}

type Numbers = readonly number[];

function geometry(
  who: string,
  rank: number,
  options: ConvTransposeOptions,
): [stride: Numbers, padding: Numbers, extra: Numbers, dilation: Numbers] {
  const stride = perDim(who, "stride", options.stride ?? 1, rank, 1);
  const dilation = perDim(who, "dilation", options.dilation ?? 1, rank, 1);
  const extra = perDim(who, "outputPadding", options.outputPadding ?? 0, rank, 0);
  if (extra.some((length, dim) => length >= Math.max(stride[dim] as number, dilation[dim] as number))) {
    throw new RangeError(
      `${who}: outputPadding ${shapeText(extra)} must be smaller than stride ${shapeText(stride)} or dilation ${shapeText(dilation)}`,
    );
  }
  return [stride, perDim(who, "padding", options.padding ?? 0, rank, 0), extra, dilation];
}
