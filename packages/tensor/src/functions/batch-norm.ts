import { isFloat } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { apply } from "../op.ts";
import { elementwise } from "../ops/elementwise/define.ts";
import { update_ } from "../ops/in-place.ts";
import { batchNormMoments, batchNormTrain } from "../ops/norm/batch-norm.ts";
import { view } from "../ops/view/reshape.ts";
import { select } from "../ops/view/slice.ts";
import type { Tensor } from "../tensor.ts";
import { full } from "./creation.ts";

export interface BatchNormOptions {
  /** `[c]`; default ones. */
  weight?: Tensor | undefined;
  /** `[c]`; default zeros. */
  bias?: Tensor | undefined;
  /** Use the statistics of `x` and move the running ones towards them; else use the running ones. Default false. */
  training?: boolean;
  /** How far the running statistics move, 0 to 1. Default 0.1. */
  momentum?: number;
  /** Default 1e-5. */
  eps?: number;
}

/**
 * `(x - mean) / √(variance + eps) · weight + bias` for each channel, over the batch and all positions.
 *
 * - x: `[n, c, ...]`; runningMean, runningVar: `[c]` or undefined
 * - result: as x
 *
 * In training, `running = (1 - momentum) · running + momentum · statistic` in place, with the unbiased variance.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.batch_norm.html
 *
 * @example
 * batchNorm(tensor([[1], [3]]), undefined, undefined, { training: true, eps: 0 }).tolist(); // => [[-1], [1]]
 */
export function batchNorm(
  x: Tensor,
  runningMean: Tensor | undefined,
  runningVar: Tensor | undefined,
  options: BatchNormOptions = {},
): Tensor {
  const { weight, bias, training = false, momentum = 0.1, eps = 1e-5 } = options;
  checkChannels("batchNorm", x, { weight, bias, runningMean, runningVar });
  if (!training) {
    if (runningMean === undefined || runningVar === undefined)
      throw new TypeError("batchNorm: needs runningMean and runningVar unless training");
    return normalized(x, runningMean, runningVar, weight, bias, eps);
  }
  const channels = x.shape[1] as number;
  const count = x.size / Math.max(1, channels);
  if (count === 1)
    throw new RangeError(`batchNorm: needs more than one value for each channel in training ${operandsText({ x })}`);
  const moments = batchNormMoments(x);
  follow(runningMean, select(moments, 0, 0), momentum, 1);
  follow(runningVar, select(moments, 0, 1), momentum, count / (count - 1));
  return batchNormTrain(x, moments, ...affine(x, [channels], weight, bias), eps);
}

const running = elementwise("runningStatistic", ["old", "value"], "(1 - momentum) * old + momentum * (value * scale)", {
  momentum: 0,
  scale: 1,
});

/** Moves a running statistic towards `value · scale`, in place and outside any history. */
export function follow(statistic: Tensor | undefined, value: Tensor, momentum: number, scale: number): void {
  if (statistic !== undefined) update_(statistic, running, [statistic, value], { momentum, scale });
}

const inference = elementwise(
  "nativeBatchNorm",
  ["x", "mean", "variance", "weight", "bias"],
  "(x - mean) / sqrt(variance + eps) * weight + bias",
  { eps: 0 },
);

/** Normalises by given statistics `[c]`, which count as constants of x. */
function normalized(
  x: Tensor,
  mean: Tensor,
  variance: Tensor,
  weight: Tensor | undefined,
  bias: Tensor | undefined,
  eps: number,
): Tensor {
  const perChannel = (of: Tensor | undefined, fallback: number): Tensor =>
    of === undefined ? x.number(fallback) : view(of, [of.size, ...x.shape.slice(2).map(() => 1)]);
  const operands = [x, perChannel(mean, 0), perChannel(variance, 1), perChannel(weight, 1), perChannel(bias, 0)];
  return apply(inference, operands, { eps });
}

/** weight and bias as the kernels take them: a bias only with a weight. */
export function affine(
  x: Tensor,
  shape: readonly number[],
  weight: Tensor | undefined,
  bias: Tensor | undefined,
): [weight: Tensor | undefined, bias: Tensor | undefined] {
  if (weight !== undefined || bias === undefined) return [weight, bias];
  return [full(shape, 1, { dtype: x.dtype, device: x.device }), bias];
}

/** Throws unless x is `[n, c, ...]` of floats and every operand is `[c]`. */
export function checkChannels(who: string, x: Tensor, operands: Readonly<Record<string, Tensor | undefined>>): void {
  if (x.ndim < 2) throw new RangeError(`${who}: x must have a batch and a channel dimension ${operandsText({ x })}`);
  if (!isFloat(x.dtype)) throw new TypeError(`${who}: needs a floating-point tensor, got ${x.dtype}`);
  const channels = x.shape[1] as number;
  for (const [name, operand] of Object.entries(operands)) {
    if (operand === undefined || (operand.ndim === 1 && operand.size === channels)) continue;
    throw new RangeError(
      `${who}: ${name} must be [${channels}], one number for each channel ${operandsText({ [name]: operand, x })}`,
    );
  }
}
