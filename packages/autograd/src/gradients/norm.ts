import { add, mean, mul, neg, sub, sum, type Tensor, view } from "@dl/tensor";
import {
  batchNormInputGradient,
  batchNormWeightGradient,
  layerNormInputGradient,
  layerNormWeightGradient,
  rsqrt,
} from "@dl/tensor/primitives";
import { gradient, keeping, notDifferentiable, type Saved } from "../rule.ts";

interface BatchNormAttrs {
  readonly eps: number;
}

interface LayerNormAttrs extends BatchNormAttrs {
  readonly span: number;
}

/** The gradient of x is linear in g and symmetric: it is its own second one. */
const throughBatchNorm = keeping<"x" | "moments" | "weight", BatchNormAttrs>(
  ["x", "moments", "weight"],
  (g, saved: Saved, { attrs }) =>
    batchNormInputGradient(g, saved["x"] as Tensor, saved["moments"] as Tensor, saved["weight"], attrs.eps),
);

export const norms = {
  batchNormMoments: notDifferentiable,
  batchNormTrain: gradient<BatchNormAttrs>({
    x: throughBatchNorm,
    weight: keeping(["x", "moments"], (g, { x, moments }, { attrs }) =>
      batchNormWeightGradient(g, x, moments, attrs.eps),
    ),
    bias: (g) => sum(g, { dim: acrossChannels(g) }),
  }),
  batchNormInputGradient: gradient<BatchNormAttrs>({
    g: throughBatchNorm,
    x: keeping(["g", "x", "weight"], (g, saved: Saved, { attrs }) => {
      const { g: upstream, x, weight } = saved as { g: Tensor; x: Tensor; weight?: Tensor };
      const scaled = weight === undefined ? upstream : mul(upstream, perChannel(weight, x));
      return curvature(g, scaled, x, acrossChannels(x), attrs.eps);
    }),
    weight: keeping(["g", "x"], (g, { g: upstream, x }, { attrs }) => {
      const dims = acrossChannels(x);
      return sum(mul(g, projected(upstream, standard(x, dims, attrs.eps), dims)), { dim: dims });
    }),
  }),
  batchNormWeightGradient: gradient<BatchNormAttrs>({
    g: keeping(["x"], (g, { x }, { attrs }) => mul(perChannel(g, x), standard(x, acrossChannels(x), attrs.eps).unit)),
    x: keeping(["g", "x", "moments"], (g, { g: upstream, x, moments }, { attrs }) =>
      batchNormInputGradient(upstream, x, moments, g, attrs.eps),
    ),
  }),
  layerNormRows: gradient<LayerNormAttrs>({
    x: keeping(["x", "weight"], (g, saved: Saved, { attrs }) =>
      layerNormInputGradient(g, saved["x"] as Tensor, saved["weight"], attrs),
    ),
    weight: keeping(["x"], (g, { x }, { attrs }) => layerNormWeightGradient(g, x, attrs)),
    bias: (g, _, { attrs }) => sumOver(g, rowsOf(g, attrs.span)),
  }),
  layerNormInputGradient: gradient<LayerNormAttrs>({
    g: keeping(["x", "weight"], (g, saved: Saved, { attrs }) => {
      const gradient = layerNormInputGradient(g, saved["x"] as Tensor, undefined, attrs);
      return saved["weight"] === undefined ? gradient : mul(gradient, saved["weight"]);
    }),
    x: keeping(["g", "x", "weight"], (g, saved: Saved, { attrs }) => {
      const { g: upstream, x, weight } = saved as { g: Tensor; x: Tensor; weight?: Tensor };
      return curvature(
        g,
        weight === undefined ? upstream : mul(upstream, weight),
        x,
        withinRows(x, attrs.span),
        attrs.eps,
      );
    }),
    weight: keeping(["g", "x"], (g, { g: upstream, x }, { attrs }) =>
      sumOver(mul(upstream, layerNormInputGradient(g, x, undefined, attrs)), rowsOf(g, attrs.span)),
    ),
  }),
  layerNormWeightGradient: gradient<LayerNormAttrs>({
    g: keeping(["x"], (g, { x }, { attrs }) => mul(g, standard(x, withinRows(x, attrs.span), attrs.eps).unit)),
    x: keeping(["g", "x"], (g, { g: upstream, x }, { attrs }) => layerNormInputGradient(upstream, x, g, attrs)),
  }),
};

/** What batch normalisation takes its statistics over: every dimension but 1. */
function acrossChannels({ shape }: Tensor): number[] {
  return shape.map((_, dim) => dim).filter((dim) => dim !== 1);
}

/** What layer normalisation takes its statistics over: the last `span` dimensions. */
function withinRows({ shape }: Tensor, span: number): number[] {
  return shape.map((_, dim) => dim).slice(shape.length - span);
}

/** The dimensions before the last `span`. */
function rowsOf({ shape }: Tensor, span: number): number[] {
  return shape.map((_, dim) => dim).slice(0, shape.length - span);
}

/** `[c]` beside x `[n, c, ...]`. */
const perChannel = (weight: Tensor, { shape }: Tensor): Tensor =>
  view(weight, [weight.size, ...shape.slice(2).map(() => 1)]);

/** A sum over no dimensions is x itself. */
const sumOver = (x: Tensor, dim: readonly number[]): Tensor => (dim.length === 0 ? x : sum(x, { dim }));

interface Standard {
  /** `(x - mean) · rstd` */
  readonly unit: Tensor;
  /** `1 / √(variance + eps)` */
  readonly rstd: Tensor;
}

/** x normalised over `dim`, in functions that can be differentiated to any order. */
function standard(x: Tensor, dim: readonly number[], eps: number): Standard {
  const centred = sub(x, mean(x, { dim, keepdim: true }));
  const rstd = rsqrt(add(mean(mul(centred, centred), { dim, keepdim: true }), eps));
  return { unit: mul(centred, rstd), rstd };
}

/** `rstd · (g - mean(g) - unit · mean(g · unit))`: the gradient of x from that of `unit`. */
function projected(g: Tensor, { unit, rstd }: Standard, dim: readonly number[]): Tensor {
  const average = (of: Tensor): Tensor => mean(of, { dim, keepdim: true });
  return mul(rstd, sub(sub(g, average(g)), mul(unit, average(mul(g, unit)))));
}

/**
 * The gradient for x of `Σ u · P(g)`, where P is `projected`: with `⟨·⟩` the mean over `dim` and r = rstd,
 * `-r (unit ⟨u · P(g)⟩ + P(g) ⟨u · unit⟩ + P(u) ⟨g · unit⟩)`.
 */
function curvature(u: Tensor, g: Tensor, x: Tensor, dim: readonly number[], eps: number): Tensor {
  const { unit, rstd } = standard(x, dim, eps);
  const average = (of: Tensor): Tensor => mean(of, { dim, keepdim: true });
  const [left, right] = [projected(u, { unit, rstd }, dim), projected(g, { unit, rstd }, dim)];
  const bent = mul(unit, average(mul(u, right)));
  const cross = add(mul(right, average(mul(u, unit))), mul(left, average(mul(g, unit))));
  return neg(mul(rstd, add(bent, cross)));
}
