import { isFloat, newArray } from "../dtype.ts";
import { operandsText, shapeText } from "../errors.ts";
import { sigmoid } from "../ops/elementwise/activation.ts";
import { mul } from "../ops/elementwise/arithmetic.ts";
import { leakyRelu, preluOf } from "../ops/elementwise/rectifiers.ts";
import { view } from "../ops/view/reshape.ts";
import { narrow } from "../ops/view/slice.ts";
import { defaultGenerator, type Generator } from "../random/generator.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { madeBeside } from "./beside.ts";

/**
 * `a · sigmoid(b)` for the two halves a and b of `x`. Shape `[..., 2n, ...]` to `[..., n, ...]`; `dim` default -1.
 *
 * Dauphin et al. 2016, "Language Modeling with Gated Convolutional Networks".
 *
 * @example
 * glu(tensor([1, 2, 0, 0])); // => [0.5, 1]
 */
export function glu(x: Tensor, { dim = -1 }: { dim?: number } = {}): Tensor {
  if (x.ndim === 0) throw new RangeError(`glu: needs at least one dimension ${operandsText({ x })}`);
  const at = normalizeDim("glu", dim, x.ndim);
  const length = x.shape[at] as number;
  if (length % 2 !== 0) throw new RangeError(`glu: dim ${dim} has an odd size, ${length} ${operandsText({ x })}`);
  return mul(narrow(x, at, 0, length / 2), sigmoid(narrow(x, at, length / 2, length / 2)));
}

/**
 * `x` above 0, `weight · x` below: a relu that learns its slope. Shape `[n, c, ...]` to `[n, c, ...]`; weight `[1]` or `[c]`
 * (`[n]` and `[]` have one channel).
 *
 * He et al. 2015, "Delving Deep into Rectifiers".
 *
 * @example
 * prelu(tensor([[-1, -2]]), tensor([0.5, 0.25])); // => [[-0.5, -0.5]]
 */
export function prelu(x: Tensor, weight: Tensor): Tensor {
  if (weight.size === 1) return preluOf(x, view(weight, []));
  if (x.ndim === 0)
    throw new RangeError(`prelu: a 0-d input takes one weight, got ${weight.size} ${operandsText({ x, weight })}`);
  const channels = x.ndim > 1 ? (x.shape[1] as number) : 1;
  if (weight.size !== channels)
    throw new RangeError(`prelu: ${weight.size} weights for ${channels} channels ${operandsText({ x, weight })}`);
  return preluOf(x, view(weight, [channels, ...x.shape.slice(2).map(() => 1)]));
}

export interface RreluOptions {
  /** Lowest slope. Default 1/8. */
  lower?: number;
  /** Highest slope. Default 1/3. */
  upper?: number;
  /** Draw the slopes; else their mean is used. Default false. */
  training?: boolean;
  /** Default the shared generator. */
  generator?: Generator;
}

/**
 * `x` above 0, `a · x` below, with `a` drawn from U(lower, upper) for each element. Shape `[...]` to `[...]`.
 *
 * Xu et al. 2015, "Empirical Evaluation of Rectified Activations in Convolutional Network".
 *
 * @example
 * rrelu(tensor([-1, 2]), { lower: 0.2, upper: 0.4 }); // => [-0.3, 2]
 */
export function rrelu(
  x: Tensor,
  { lower = 1 / 8, upper = 1 / 3, training = false, generator = defaultGenerator() }: RreluOptions = {},
): Tensor {
  if (!(lower <= upper)) throw new RangeError(`rrelu: lower must not be above upper: ${lower} and ${upper}`);
  if (!isFloat(x.dtype))
    throw new TypeError(`rrelu: takes floating-point tensors, got ${x.dtype} ${shapeText(x.shape)}`);
  if (!training) return leakyRelu(x, { negativeSlope: (lower + upper) / 2 });
  const values = x.detach().toArray();
  const slopes = newArray(x.dtype, values.length);
  for (let i = 0; i < values.length; i++)
    slopes[i] = (values[i] as number) <= 0 ? lower + generator.uniform53() * (upper - lower) : 1;
  return mul(x, madeBeside(x, slopes, x.shape, x.dtype));
}
