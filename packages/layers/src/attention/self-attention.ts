import { customGradient } from "@dl/autograd";
import {
  contiguous,
  contiguousCopy,
  type ElementwiseOp,
  elementwise,
  emptyBeside,
  matmul,
  mul,
  permute,
  reshape,
  scaledDotProductAttention,
  scope,
  select,
  softmax,
  type Tensor,
  transpose,
  update_,
} from "@dl/tensor";
import { matmulBatch, softmaxGradient } from "@dl/tensor/primitives";
import { type AttentionMasks, addedMask, withMasks } from "./masks.ts";

/** How queries, keys and values lie, and what they must not look at. */
export interface SelfAttention extends AttentionMasks {
  readonly numHeads: number;
  readonly batchFirst: boolean;
  readonly batched: boolean;
}

const scale: ElementwiseOp = elementwise("attentionScale", ["x"], "factor * x", { factor: 1 });

/**
 * `softmax(q kᵀ / √d + mask) v` in every head, for queries, keys and values of the same elements.
 *
 * - qkv: `[batch, length, 3 embedDim]` with `batchFirst`, else `[length, batch, 3 embedDim]`: q, k, v side by side, and the
 *   heads in each
 * - result: as qkv, with `embedDim`
 */
export function selfAttention(qkv: Tensor, options: SelfAttention): Tensor {
  const length = qkv.shape[options.batchFirst ? 1 : 0] as number;
  return length < blocksFrom || qkv.device.name === "gpu" ? attend([qkv], options) : inBlocks(qkv, options);
}

/** Elements from which on `scaledDotProductAttention` makes do without all scores at once on a CPU. */
const blocksFrom = 512;

function inBlocks(qkv: Tensor, options: SelfAttention): Tensor {
  const [q, k, v] = three(apart(qkv, options));
  const [batch, heads, length] = q.shape as [number, number, number];
  const scores = { shape: [batch, heads, length, length], dtype: q.dtype, device: q.device };
  const attnMask = addedMask(scores, options, { batched: options.batched, extra: 0 });
  return joinHeads(scaledDotProductAttention(q, k, v, { attnMask }), options.batchFirst);
}

const attend = customGradient<SelfAttention>({
  name: "attention",
  forward: ([qkv], options) =>
    scope(() => {
      const heads = contiguousCopy(apart(qkv as Tensor, options));
      const [q, k, v] = three(heads);
      update_(q, scale, [q], { factor: factorOf(q) });
      const weights = weightsOf(q, k, options);
      return { output: joinHeads(matmul(weights, v), options.batchFirst), saved: [heads, weights] };
    }),
  backward(g, { inputs, saved, options }) {
    const [heads, weights] = saved as [Tensor, Tensor];
    const [q, k, v] = three(heads);
    const upstream = contiguous(splitHeads(g, options));
    const made = emptyBeside(heads, heads.shape);
    const [dq, dk, dv] = three(made);
    update_(dv, matmulBatch.op, [transpose(weights), upstream]);
    const scores = softmaxGradient(matmul(upstream, transpose(v)), weights, { dim: 3 });
    update_(dk, matmulBatch.op, [transpose(scores), q]);
    update_(dq, matmulBatch.op, [scores, k]);
    update_(dq, scale, [dq], { factor: factorOf(q) });
    const beside = permute(made, options.batchFirst ? [1, 3, 0, 2, 4] : [3, 1, 0, 2, 4]);
    return [reshape(beside, (inputs[0] as Tensor).shape)];
  },
  composed([qkv], options) {
    const [q, k, v] = three(apart(qkv as Tensor, options));
    return joinHeads(matmul(weightsOf(mul(q, factorOf(q)), k, options), v), options.batchFirst);
  },
});

const weightsOf = (q: Tensor, k: Tensor, options: SelfAttention): Tensor =>
  softmax(withMasks(matmul(q, transpose(k)), options, { batched: options.batched, extra: 0 }), { dim: -1 });

const factorOf = (q: Tensor): number => 1 / Math.sqrt(q.shape.at(-1) as number);

/** `[3, batch, heads, length, size]` */
function apart(qkv: Tensor, { numHeads, batchFirst }: SelfAttention): Tensor {
  const [first, second, width] = qkv.shape as [number, number, number];
  const parted = reshape(qkv, [first, second, 3, numHeads, width / (3 * numHeads)]);
  return permute(parted, batchFirst ? [2, 0, 3, 1, 4] : [2, 1, 3, 0, 4]);
}

const three = (x: Tensor): [Tensor, Tensor, Tensor] => [select(x, 0, 0), select(x, 0, 1), select(x, 0, 2)];

type Heads = Pick<SelfAttention, "numHeads" | "batchFirst">;

/** `[batch, heads, length, size]` from `[batch, length, heads · size]`, or `[length, batch, heads · size]`. */
export function splitHeads(x: Tensor, { numHeads, batchFirst }: Heads): Tensor {
  const [first, second, width] = x.shape as [number, number, number];
  const parted = reshape(x, [first, second, numHeads, width / numHeads]);
  return permute(parted, batchFirst ? [0, 2, 1, 3] : [1, 2, 0, 3]);
}

/** Undoes `splitHeads`. */
export function joinHeads(x: Tensor, batchFirst: boolean): Tensor {
  const [batch, heads, length, size] = x.shape as [number, number, number, number];
  const lead = batchFirst ? [batch, length] : [length, batch];
  return reshape(permute(x, batchFirst ? [0, 2, 1, 3] : [2, 0, 1, 3]), [...lead, heads * size]);
}
