import { operandsText, shapeText } from "../errors.ts";
import { type ConvAttrs, convolution } from "../ops/conv/convolution.ts";
import type { Tensor } from "../tensor.ts";
import { overBatch, type PerDim, perDim } from "./spatial.ts";

export interface ConvOptions {
  /** Default 1. */
  stride?: PerDim;
  /** Zeros on both sides of each dimension; "same" keeps the sizes (stride 1 only), "valid" is 0. Default 0. */
  padding?: PerDim | "same" | "valid";
  /** Distance of the kernel's elements. Default 1. */
  dilation?: PerDim;
  /** Input and output channels fall into this many independent groups. Default 1. */
  groups?: number;
}

/**
 * `y[n, o, i] = bias[o] + Σ_c,k weight[o, c, k] · x[n, c, i · stride + k · dilation - padding]`
 *
 * - x: `[n, c, length]` or `[c, length]`, weight: `[o, c / groups, k]`, bias: `[o]`
 * - result: `[n, o, ⌊(length + 2 padding - dilation (k - 1) - 1) / stride⌋ + 1]`
 *
 * @example
 * conv1d(tensor([[[1, 2, 3]]]), tensor([[[1, 1]]])).tolist(); // => [[[3, 5]]]
 */
export const conv1d = (x: Tensor, weight: Tensor, bias?: Tensor, options: ConvOptions = {}): Tensor =>
  convNd("conv1d", 1, x, weight, bias, options);

/**
 * `y[n, o, i, j] = bias[o] + Σ_c,k,l weight[o, c, k, l] · x[n, c, i · stride + k · dilation - padding, …]`
 *
 * - x: `[n, c, height, width]` or `[c, height, width]`, weight: `[o, c / groups, kh, kw]`, bias: `[o]`
 * - result: `[n, o, outHeight, outWidth]`, each `⌊(size + 2 padding - dilation (k - 1) - 1) / stride⌋ + 1`
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.conv2d.html
 *
 * @example
 * conv2d(ones([1, 1, 3, 3]), ones([1, 1, 2, 2]), tensor([0.5])).tolist(); // => [[[[4.5, 4.5], [4.5, 4.5]]]]
 */
export const conv2d = (x: Tensor, weight: Tensor, bias?: Tensor, options: ConvOptions = {}): Tensor =>
  convNd("conv2d", 2, x, weight, bias, options);

/**
 * The convolution over three spatial dimensions, as `conv2d` over two.
 *
 * - x: `[n, c, depth, height, width]` or without n, weight: `[o, c / groups, kd, kh, kw]`, bias: `[o]`
 * - result: `[n, o, outDepth, outHeight, outWidth]`
 *
 * @example
 * conv3d(ones([1, 1, 2, 2, 2]), ones([1, 1, 2, 2, 2])).tolist(); // => [[[[[8]]]]]
 */
export const conv3d = (x: Tensor, weight: Tensor, bias?: Tensor, options: ConvOptions = {}): Tensor =>
  convNd("conv3d", 3, x, weight, bias, options);

function convNd(
  who: string,
  rank: number,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  options: ConvOptions,
): Tensor {
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  return overBatch(who, x, rank, (batch) => {
    checkWeight(who, rank, weight, groups);
    const [outputs, inputs] = weight.shape as [number, number];
    if (batch.shape[1] !== inputs * groups) {
      throw new RangeError(
        `${who}: weight takes ${inputs * groups} channels in ${groups} groups, x has ${batch.shape[1]} ${operandsText({ x, weight })}`,
      );
    }
    if (outputs % groups !== 0)
      throw new RangeError(
        `${who}: groups ${groups} do not divide ${outputs} output channels ${operandsText({ weight })}`,
      );
    checkBias(who, bias, outputs, weight);
    checkTypes(who, { x, weight, ...(bias === undefined ? {} : { bias }) });
    const attrs = {
      stride: perDim(who, "stride", stride, rank, 1),
      dilation: perDim(who, "dilation", dilation, rank, 1),
      groups,
    };
    return convolution(batch, weight, bias, { ...attrs, ...placed(who, batch, weight, attrs, padding) });
  });
}

/** The zeros in front of each dimension, and the sizes of the result. */
function placed(
  who: string,
  x: Tensor,
  weight: Tensor,
  { stride, dilation }: Pick<ConvAttrs, "stride" | "dilation">,
  padding: PerDim | "same" | "valid",
): Pick<ConvAttrs, "padding" | "output"> {
  const sizes = x.shape.slice(2);
  const reaches = sizes.map((_, dim) => (dilation[dim] as number) * ((weight.shape[dim + 2] as number) - 1));
  if (padding === "same") {
    if (stride.some((step) => step !== 1))
      throw new RangeError(`${who}: padding "same" needs stride 1, got ${shapeText(stride)}`);
    return { padding: reaches.map((reach) => Math.floor(reach / 2)), output: sizes };
  }
  if (typeof padding === "string" && padding !== "valid") {
    throw new RangeError(`${who}: padding must be numbers, "same" or "valid", got "${padding}"`);
  }
  const pads = perDim(who, "padding", padding === "valid" ? 0 : padding, sizes.length, 0);
  const output = sizes.map(
    (size, dim) =>
      Math.floor((size + 2 * (pads[dim] as number) - (reaches[dim] as number) - 1) / (stride[dim] as number)) + 1,
  );
  if (output.some((length) => length < 1)) {
    throw new RangeError(
      `${who}: the kernel is larger than the padded input (padding ${shapeText(pads)}) ${operandsText({ x, weight })}`,
    );
  }
  return { padding: pads, output };
}

/** Throws unless `weight` is a kernel for `rank` spatial dimensions and `groups` a whole number from 1 on. */
export function checkWeight(who: string, rank: number, weight: Tensor, groups: number): void {
  if (weight.ndim !== rank + 2)
    throw new RangeError(
      `${who}: weight must have ${rank + 2} dimensions, got ${weight.ndim} ${operandsText({ weight })}`,
    );
  if (!Number.isInteger(groups) || groups < 1)
    throw new RangeError(`${who}: groups must be a whole number from 1 on, got ${groups}`);
}

export function checkBias(who: string, bias: Tensor | undefined, outputs: number, weight: Tensor): void {
  if (bias === undefined || (bias.ndim === 1 && bias.size === outputs)) return;
  throw new RangeError(
    `${who}: bias must be [${outputs}], one number for each output channel ${operandsText({ bias, weight })}`,
  );
}

/** Throws unless all operands have one dtype. */
export function checkTypes(who: string, operands: Readonly<Record<string, Tensor>>): void {
  const types = Object.entries(operands).map(([name, { dtype }]) => `${name} ${dtype}`);
  if (new Set(Object.values(operands).map(({ dtype }) => dtype)).size > 1) {
    throw new TypeError(`${who}: operands must have one dtype, got ${types.join(", ")}`);
  }
}
