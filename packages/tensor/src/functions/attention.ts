import { isFloat } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { attention } from "../ops/attention/attention.ts";
import { add, mul } from "../ops/elementwise/arithmetic.ts";
import { logicalNot } from "../ops/elementwise/logic.ts";
import { maskedFill } from "../ops/elementwise/masked-fill.ts";
import { cat } from "../ops/shape/cat.ts";
import { tril } from "../ops/shape/triangle.ts";
import { softmax } from "../ops/softmax.ts";
import { expand } from "../ops/view/expand.ts";
import { transpose } from "../ops/view/permute.ts";
import { reshape } from "../ops/view/reshape.ts";
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
 * From `l · s = 512²` on, a CPU makes the scores a few queries at a time, and again for the gradient: memory then grows
 * with l + s, not with l · s. Not so where weights are dropped or the mask learns.
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
  if (isCausal && attnMask !== undefined)
    throw new TypeError("scaledDotProductAttention: takes attnMask or isCausal, not both");
  const scaled = mul(query, scale ?? 1 / Math.sqrt(query.shape.at(-1) as number));
  if (dropoutP === 0 && pays(query, key, attnMask)) return inBlocks([scaled, key, value], attnMask, isCausal);
  const scores = matmul(scaled, transpose(key));
  const weights = softmax(masked(scores, isCausal ? causalMask(scores) : attnMask), { dim: -1 });
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

/** As many scores of one head as that are made twice in the time that it takes to store and fetch them. */
const manyScores = 512 * 512;

/** Blocks are for the caches of a CPU, and their mask has no gradient. */
const pays = ({ device, shape }: Tensor, key: Tensor, mask: Tensor | undefined): boolean =>
  (shape.at(-2) as number) * (key.shape.at(-2) as number) >= manyScores &&
  device.name !== "gpu" &&
  mask?.requiresGrad !== true;

function inBlocks(operands: readonly [Tensor, Tensor, Tensor], mask: Tensor | undefined, isCausal: boolean): Tensor {
  const leads = operands.map(({ shape }) => shape.slice(0, -2));
  const batch = broadcastShapes("scaledDotProductAttention", leads, ["query", "key", "value"]);
  const flat = operands.map((x) => reshape(expand(x, [...batch, ...x.shape.slice(-2)]), [-1]));
  const [[queries, width], [keys, valueWidth]] = [operands[0].shape.slice(-2), operands[2].shape.slice(-2)] as Sizes;
  const scores = { shape: [...batch, queries, keys], dtype: operands[0].dtype, device: operands[0].device };
  const added = mask && expand(addend(mask, scores), scores.shape);
  return attention(cat(flat), added, { batch, queries, keys, width, valueWidth, isCausal });
}

type Sizes = [[number, number], [number, number]];
type Scores = Pick<Tensor, "shape" | "dtype" | "device">;

const causalMask = ({ shape, device }: Tensor): Tensor => tril(ones(shape.slice(-2), { dtype: "bool", device }));

const masked = (scores: Tensor, mask: Tensor | undefined): Tensor =>
  mask === undefined ? scores : add(scores, addend(mask, scores));

/** What a mask adds to the scores. */
function addend(mask: Tensor, scores: Scores): Tensor {
  const shape = broadcastShapes("scaledDotProductAttention", [scores.shape, mask.shape], ["scores", "attnMask"]);
  if (!sameShape(shape, scores.shape)) {
    throw new RangeError(
      `scaledDotProductAttention: attnMask must broadcast to the scores ${operandsText({ scores, attnMask: mask })}`,
    );
  }
  if (mask.dtype === "bool") {
    const none = zeros(mask.shape, { dtype: scores.dtype, device: scores.device });
    return maskedFill(none, logicalNot(mask), Number.NEGATIVE_INFINITY);
  }
  if (mask.dtype === scores.dtype) return mask;
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
