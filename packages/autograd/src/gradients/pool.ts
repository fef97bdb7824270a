import type { Shape } from "@dl/tensor";
import { averagePool, averagePoolGradient, maxPoolAt, maxPoolGradient } from "@dl/tensor/primitives";
import { gradient, keeping, notDifferentiable, shapeOf } from "../rule.ts";

type AverageAttrs = Parameters<typeof averagePool>[1];

export const pools = {
  averagePool: gradient<AverageAttrs>({ x: (g, _, { attrs }) => averagePoolGradient(g, attrs) }),
  averagePoolGradient: gradient<AverageAttrs>({ g: (g, _, { attrs }) => averagePool(g, attrs) }),
  maxPoolIndices: notDifferentiable,
  maxPoolAt: gradient<{ readonly spatial: number }>({
    x: keeping(["indices"], (g, { indices }, context) =>
      maxPoolGradient(g, indices, shapeOf(context).slice(-context.attrs.spatial)),
    ),
  }),
  maxPoolGradient: gradient<{ readonly size: Shape }>({
    g: keeping(["indices"], (g, { indices }, { attrs }) => maxPoolAt(g, indices, attrs.size.length)),
  }),
  maxUnpool: gradient<{ readonly size: Shape }>({
    x: keeping(["indices"], (g, { indices }, { attrs }) => maxPoolAt(g, indices, attrs.size.length)),
  }),
};
