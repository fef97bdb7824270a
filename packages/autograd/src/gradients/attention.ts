import {
  add,
  cat,
  logicalNot,
  maskedFill,
  matmul,
  narrow,
  ones,
  reshape,
  softmax,
  type Tensor,
  transpose,
  tril,
  view,
  zeros,
} from "@dl/tensor";
import { attentionGradient, softmaxGradient } from "@dl/tensor/primitives";
import { gradient, keeping, type Saved } from "../rule.ts";
import { softmaxGradientOfResult } from "./softmax.ts";

interface AttentionAttrs {
  readonly batch: readonly number[];
  readonly queries: number;
  readonly keys: number;
  readonly width: number;
  readonly valueWidth: number;
  readonly isCausal: boolean;
}

export const attentions = {
  attention: gradient<AttentionAttrs>({
    packed: keeping(["packed", "mask"], (g, saved: Saved, { attrs }) =>
      attentionGradient(g, saved["packed"] as Tensor, saved["mask"], attrs),
    ),
  }),
  attentionGradient: gradient<AttentionAttrs>({
    g: keeping(["g", "packed", "mask"], (h, saved: Saved, { attrs }) => {
      const { hv, v, weights, through } = again(h, saved, attrs);
      return add(matmul(weights, hv), matmul(through, v));
    }),
    packed: keeping(["g", "packed", "mask"], (h, saved: Saved, { attrs }) => {
      const { g, q, k, hq, hk, hv, weights, upstream, crossed, through, last } = again(h, saved, attrs);
      const toWeights = add(matmul(g, transpose(hv)), softmaxGradientOfResult(crossed, upstream, weights, last));
      const scores = softmaxGradient(upstream, weights, last);
      const toScores = softmaxGradient(toWeights, weights, last);
      const each = [
        add(matmul(scores, hk), matmul(toScores, k)),
        add(matmul(transpose(scores), hq), matmul(transpose(toScores), q)),
        matmul(transpose(through), g),
      ];
      return cat(each.map((x) => reshape(x, [-1])));
    }),
  }),
};

/** What both gradients of a gradient need, over all scores at once. */
function again(h: Tensor, saved: Saved, attrs: AttentionAttrs) {
  const { g, packed, mask } = saved as { g: Tensor; packed: Tensor; mask?: Tensor };
  const [q, k, v] = parts(packed, attrs);
  const [hq, hk, hv] = parts(h, attrs);
  const last = { dim: g.ndim - 1 };
  const scores = matmul(q, transpose(k));
  const added = mask === undefined ? scores : add(scores, mask);
  const weights = softmax(attrs.isCausal ? add(added, causal(scores)) : added, last);
  const upstream = matmul(g, transpose(v));
  const crossed = add(matmul(hq, transpose(k)), matmul(q, transpose(hk)));
  const through = softmaxGradient(crossed, weights, last);
  return { g, q, k, v, hq, hk, hv, weights, upstream, crossed, through, last };
}

function causal({ shape, dtype, device }: Tensor): Tensor {
  const size = shape.slice(-2);
  const hidden = logicalNot(tril(ones(size, { dtype: "bool", device })));
  return maskedFill(zeros(size, { dtype, device }), hidden, Number.NEGATIVE_INFINITY);
}

/** Queries, keys and values. */
function parts(
  packed: Tensor,
  { batch, queries, keys, width, valueWidth }: AttentionAttrs,
): [q: Tensor, k: Tensor, v: Tensor] {
  let from = 0;
  const part = (...size: readonly [number, number]): Tensor => {
    const shape = [...batch, ...size];
    const count = shape.reduce((product, length) => product * length, 1);
    from += count;
    return view(narrow(packed, 0, from - count, count), shape);
  };
  return [part(queries, width), part(keys, width), part(keys, valueWidth)];
}
