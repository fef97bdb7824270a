import { operandsText } from "../errors.ts";
import { add, div, mul } from "../ops/elementwise/arithmetic.ts";
import { pow } from "../ops/elementwise/power.ts";
import { batchNormMoments } from "../ops/norm/batch-norm.ts";
import { layerNormRows } from "../ops/norm/layer-norm.ts";
import { averagePool } from "../ops/pool/average.ts";
import type { Span } from "../ops/pool/spans.ts";
import { reshape, view } from "../ops/view/reshape.ts";
import { select } from "../ops/view/slice.ts";
import { sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { batchNorm, checkChannels, follow } from "./batch-norm.ts";
import { mean } from "./reduce.ts";

export interface GroupNormOptions {
  /** `[c]`; default ones. */
  weight?: Tensor | undefined;
  /** `[c]`; default zeros. */
  bias?: Tensor | undefined;
  /** Default 1e-5. */
  eps?: number;
}

/**
 * `(x - mean) / √(variance + eps) · weight + bias` for each sample over the positions and channels of each of `groups`
 * groups; weight and bias by channel. Shape `[n, c, ...]` to the same.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.group_norm.html
 *
 * @example
 * groupNorm(tensor([[1, 3, 2, 6]]), 2, { eps: 0 }).tolist(); // => [[-1, 1, -1, 1]]
 */
export function groupNorm(x: Tensor, groups: number, { weight, bias, eps = 1e-5 }: GroupNormOptions = {}): Tensor {
  checkChannels("groupNorm", x, { weight, bias });
  const [batch, channels] = x.shape as [number, number];
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
    throw new RangeError(`groupNorm: groups ${groups} do not divide ${channels} channels ${operandsText({ x })}`);
  }
  const rows = reshape(x, [batch, groups, (channels / groups) * sizeOf(x.shape.slice(2))]);
  return scaled(view(layerNormRows(rows, undefined, undefined, { span: 1, eps }), x.shape), weight, bias);
}

export interface InstanceNormOptions extends GroupNormOptions {
  /** `[c]`, moved in place towards the mean over the batch. */
  runningMean?: Tensor | undefined;
  runningVar?: Tensor | undefined;
  /** Use the statistics of `x`; else the running ones. Default true. */
  useInputStats?: boolean;
  /** How far the running statistics move, 0 to 1. Default 0.1. */
  momentum?: number;
}

/**
 * `(x - mean) / √(variance + eps) · weight + bias` for each sample and channel over its positions.
 * Shape `[n, c, ...]`, more than one position, to the same.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.instance_norm.html
 *
 * @example
 * instanceNorm(tensor([[[1, 3], [2, 6]]]), { eps: 0 }).tolist(); // => [[[-1, 1], [-1, 1]]]
 */
export function instanceNorm(x: Tensor, options: InstanceNormOptions = {}): Tensor {
  const { weight, bias, runningMean, runningVar, useInputStats = true, momentum = 0.1, eps = 1e-5 } = options;
  checkChannels("instanceNorm", x, { weight, bias, runningMean, runningVar });
  if (!useInputStats) return batchNorm(x, runningMean, runningVar, { weight, bias, eps });
  const [batch, channels] = x.shape as [number, number];
  const positions = sizeOf(x.shape.slice(2));
  if (positions === 1)
    throw new RangeError(`instanceNorm: needs more than one position for each channel ${operandsText({ x })}`);
  const rows = reshape(x, [1, batch * channels, positions]);
  if (runningMean !== undefined || runningVar !== undefined) {
    const means = mean(view(batchNormMoments(rows.detach()), [2, batch, channels]), { dim: 1 });
    follow(runningMean, select(means, 0, 0), momentum, 1);
    follow(runningVar, select(means, 0, 1), momentum, positions / (positions - 1));
  }
  return scaled(view(layerNormRows(rows, undefined, undefined, { span: 1, eps }), x.shape), weight, bias);
}

/** `x · weight + bias` by channel. */
function scaled(x: Tensor, weight: Tensor | undefined, bias: Tensor | undefined): Tensor {
  const perChannel = (of: Tensor): Tensor => view(of, [of.size, ...x.shape.slice(2).map(() => 1)]);
  const product = weight === undefined ? x : mul(x, perChannel(weight));
  return bias === undefined ? product : add(product, perChannel(bias));
}

export interface LocalResponseNormOptions {
  /** Default 1e-4. */
  alpha?: number;
  /** Default 0.75. */
  beta?: number;
  /** Default 1. */
  k?: number;
}

/**
 * `x / (k + alpha / size · Σ x²)^beta`, the sum over `size` neighbouring channels. Shape `[n, c, ...]` to the same.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.local_response_norm.html
 *
 * @example
 * localResponseNorm(tensor([[[2], [3]]]), 1, { alpha: 1, beta: 1, k: 0 }).tolist(); // => [[[0.5], [0.3333333432674408]]]
 */
export function localResponseNorm(
  x: Tensor,
  size: number,
  { alpha = 1e-4, beta = 0.75, k = 1 }: LocalResponseNormOptions = {},
): Tensor {
  if (!Number.isInteger(size) || size < 1)
    throw new RangeError(`localResponseNorm: size must be a whole number from 1 on, got ${size}`);
  if (x.ndim < 3) throw new RangeError(`localResponseNorm: x must have at least 3 dimensions ${operandsText({ x })}`);
  if (x.size === 0) return x;
  const [batch, channels] = x.shape as [number, number];
  const positions = sizeOf(x.shape.slice(2));
  const squares = reshape(mul(x, x), [batch, channels, positions]);
  const spans = [neighbours(channels, size), each(positions)];
  const means = view(averagePool(squares, { spans, window: undefined, divisor: size }), x.shape);
  return div(x, pow(add(mul(means, alpha), k), beta));
}

/** `size` channels around each, `⌊size / 2⌋` of them before it, cut off at the ends. */
function neighbours(channels: number, size: number): Span {
  const all = Array.from({ length: channels }, (_, c) => c);
  const starts = all.map((c) => Math.max(0, c - Math.floor(size / 2)));
  const ends = all.map((c) => Math.min(channels, c + Math.floor((size - 1) / 2) + 1));
  return { size: channels, starts, ends, step: 1, counts: all.map(() => size) };
}

function each(size: number): Span {
  const all = Array.from({ length: size }, (_, i) => i);
  return { size, starts: all, ends: all.map((i) => i + 1), step: 1, counts: all.map(() => 1) };
}
