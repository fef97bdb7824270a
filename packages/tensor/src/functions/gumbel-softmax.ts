import { add, div, neg, sub } from "../ops/elementwise/arithmetic.ts";
import { log } from "../ops/elementwise/power.ts";
import { softmax } from "../ops/softmax.ts";
import { defaultGenerator, type Generator } from "../random/generator.ts";
import type { Tensor } from "../tensor.ts";
import { argmax } from "./extremes.ts";
import { zerosLike } from "./like.ts";
import { exponential_ } from "./random-in-place.ts";
import { scatter } from "./scatter.ts";

export interface GumbelSoftmaxOptions {
  /** Temperature: the smaller, the nearer to one-hot. Default 1. */
  tau?: number;
  /** One-hot values with the gradient of the soft ones. Default false. */
  hard?: boolean;
  /** Default -1. */
  dim?: number;
  /** Where the numbers come from; default the default generator. */
  generator?: Generator | undefined;
}

/**
 * `softmax((logits + g) / tau)` along `dim` with g from the Gumbel distribution: a draw among the classes that has a
 * gradient. Shape `[...]` to `[...]`; floats only. A `tau` that is not positive is a RangeError.
 *
 * https://arxiv.org/abs/1611.01144
 *
 * @example
 * manualSeed(0);
 * gumbelSoftmax(zeros([3]), { hard: true }).tolist(); // => [0, 0, 1]
 */
export function gumbelSoftmax(
  logits: Tensor,
  { tau = 1, hard = false, dim = -1, generator = defaultGenerator() }: GumbelSoftmaxOptions = {},
): Tensor {
  if (!(tau > 0)) throw new RangeError(`gumbelSoftmax: tau must be positive, got ${tau}`);
  const gumbels = neg(log(exponential_(zerosLike(logits.detach()), { generator })));
  const soft = softmax(div(add(logits, gumbels), tau), { dim });
  if (!hard) return soft;
  const taken = soft.detach();
  const oneHot = scatter(zerosLike(taken), dim, argmax(taken, { dim, keepdim: true }), 1);
  return add(sub(oneHot, taken), soft);
}
