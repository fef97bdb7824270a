import { isFloat } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { add, mul } from "../ops/elementwise/arithmetic.ts";
import { logicalNot } from "../ops/elementwise/logic.ts";
import { maskedFill } from "../ops/elementwise/masked-fill.ts";
import { tril } from "../ops/shape/triangle.ts";
import { softmax } from "../ops/softmax.ts";
import { transpose } from "../ops/view/permute.ts";
import type { Generator } from "../random/generator.ts";
import { broadcastShapes, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type CreationOptions, ones, zeros } from "./creation.ts";
import { dropout } from "./dropout.ts";
import { matmul } from "./matmul.ts";

export interface AttentionOptions {
  /** Broadcasts to `[..., l, s]`: bool (true takes part) or a number added to each score. */
  attnMask?: Tensor | undefined;
  /** Probability with which a weight is dropped. Default 0. */
  dropoutP?: number | undefined;
  /** Query i sees the keys 0 to i only. Default false. */
  isCausal?: boolean | undefined;
  /** Multiplies the scores. Default 1/√e. */
  scale?: number | undefined;
  /** Draws what is dropped; default the global one. */
  generator?: Generator | undefined;
}

/**
 * `softmax(q kᵀ · scale + mask) v`
 *
 * - query: `[..., l, e]`, key: `[..., s, e]`, value: `[..., s, v]`; leading sizes broadcast
 * - result: `[..., l, v]`; NaN for a query that a mask leaves no key
 *
 * Vaswani et al. 2017, "Attention Is All You Need";
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html
 *
 * @example
 * scaledDotProductAttention(ones([1, 2]), ones([2, 2]), tensor([[1], [3]])).tolist(); // => [[2]]
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  { attnMask, dropoutP = 0, isCausal = false, scale, generator }: AttentionOptions = {},
): Tensor {
  checkOperands(query, key, value);
  const factor = scale ?? 1 / Math.sqrt(query.shape.at(-1) as number);
  const scores = matmul(mul(query, factor), transpose(key));
  const weights = softmax(masked(scores, causalMask(scores, attnMask, isCausal)), { dim: -1 });
  return matmul(dropoutP === 0 ? weights : dropout(weights, { p: dropoutP, generator }), value);
}

/**
 * A mask for causal self-attention: 0 on and below the diagonal, -∞ above it. Shape `[size, size]`.
 *
 * @example
 * generateSquareSubsequentMask(2).tolist(); // => [[0, -Infinity], [0, 0]]
 */
export function generateSquareSubsequentMask(size: number, options: CreationOptions = {}): Tensor {
  const start = zeros([size, size], options);
  const above = logicalNot(tril(ones([size, size], { dtype: "bool", device: start.device })));
  return maskedFill(start, above, Number.NEGATIVE_INFINITY);
}

function causalMask(scores: Tensor, attnMask: Tensor | undefined, isCausal: boolean): Tensor | undefined {
  if (!isCausal) return attnMask;
  if (attnMask !== undefined) throw new TypeError("scaledDotProductAttention: takes attnMask or isCausal, not both");
  return tril(ones(scores.shape.slice(-2), { dtype: "bool", device: scores.device }));
}

function masked(scores: Tensor, mask: Tensor | undefined): Tensor {
  if (mask === undefined) return scores;
  const shape = broadcastShapes("scaledDotProductAttention", [scores.shape, mask.shape], ["scores", "attnMask"]);
  if (!sameShape(shape, scores.shape)) {
    throw new RangeError(
      `scaledDotProductAttention: attnMask must broadcast to the scores ${operandsText({ scores, attnMask: mask })}`,
    );
  }
  if (mask.dtype === "bool") {
    const none = zeros(mask.shape, { dtype: scores.dtype, device: scores.device });
    return add(scores, maskedFill(none, logicalNot(mask), Number.NEGATIVE_INFINITY));
  }
  if (mask.dtype === scores.dtype) return add(scores, mask);
  throw new TypeError(`scaledDotProductAttention: attnMask must be bool or ${scores.dtype}, got ${mask.dtype}`);
}

function checkOperands(query: Tensor, key: Tensor, value: Tensor): void {
  const who = "scaledDotProductAttention";
  const operands = { query, key, value };
  for (const [name, x] of Object.entries(operands)) {
    if (x.ndim < 2) throw new RangeError(`${who}: ${name} needs at least 2 dimensions ${operandsText(operands)}`);
    if (!isFloat(x.dtype) || x.dtype !== query.dtype) {
      throw new TypeError(
        `${who}: needs one floating-point dtype, got query ${query.dtype}, key ${key.dtype}, value ${value.dtype}`,
      );
    }
  }
  if (query.shape.at(-1) !== key.shape.at(-1)) {
    throw new RangeError(
      `${who}: query has ${query.shape.at(-1)} features, key ${key.shape.at(-1)} ${operandsText(operands)}`,
    );
  }
  if (key.shape.at(-2) !== value.shape.at(-2)) {
    throw new RangeError(
      `${who}: ${key.shape.at(-2)} keys, but ${value.shape.at(-2)} values ${operandsText(operands)}`,
    );
  }
}
