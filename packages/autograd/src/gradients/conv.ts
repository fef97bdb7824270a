import { sum } from "@dl/tensor";
import { convolution, convolutionInputGradient, convolutionWeightGradient } from "@dl/tensor/primitives";
import { gradient, keeping, shapeOf } from "../rule.ts";

type ConvAttrs = Parameters<typeof convolution>[3];
type GradientAttrs = Parameters<typeof convolutionInputGradient>[2];

/** A convolution is linear in x and in the weight, so each gradient of each of the three is one of the other two. */
export const convolutions = {
  convolution: gradient<ConvAttrs>({
    x: keeping(["weight"], (g, { weight }, context) =>
      convolutionInputGradient(g, weight, { ...context.attrs, shape: shapeOf(context, 0) }),
    ),
    weight: keeping(["x"], (g, { x }, context) =>
      convolutionWeightGradient(g, x, { ...context.attrs, shape: shapeOf(context, 1) }),
    ),
    bias: (g) => sum(g, { dim: g.shape.map((_, dim) => dim).filter((dim) => dim !== 1) }),
  }),
  convolutionInputGradient: gradient<GradientAttrs>({
    g: keeping(["weight"], (g, { weight }, { attrs }) => convolution(g, weight, undefined, attrs)),
    weight: keeping(["g"], (g, { g: upstream }, context) =>
      convolutionWeightGradient(upstream, g, { ...context.attrs, shape: shapeOf(context, 1) }),
    ),
  }),
  convolutionWeightGradient: gradient<GradientAttrs>({
    g: keeping(["x"], (g, { x }, { attrs }) => convolution(x, g, undefined, attrs)),
    x: keeping(["g"], (g, { g: upstream }, context) =>
      convolutionInputGradient(upstream, g, { ...context.attrs, shape: shapeOf(context, 1) }),
    ),
  }),
};
