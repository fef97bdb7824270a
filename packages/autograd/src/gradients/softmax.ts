import { binary, mul, neg, sub, sum, type Tensor, ternary } from "@dl/tensor";
import { logSoftmaxGradient, softmaxGradient } from "@dl/tensor/primitives";
import { gradient, keeping } from "../rule.ts";

interface Along {
  readonly dim: number;
}

const total = (x: Tensor, { dim }: Along): Tensor => sum(x, { dim, keepdim: true });

/** `h (g - Σ g y) - g Σ h y`, for the upstream gradient h. */
const crossed = ternary("softmaxGradientBackward", ["h", "g", "s"], "h * (g - s)");
const weighted = binary("logSoftmaxGradientWeights", "x * exp(y)");

export const softmaxes = {
  softmax: gradient<Along>({ x: keeping(["output"], (g, { output }, { attrs }) => softmaxGradient(g, output, attrs)) }),
  logSoftmax: gradient<Along>({
    x: keeping(["output"], (g, { output }, { attrs }) => logSoftmaxGradient(g, output, attrs)),
  }),
  softmaxGradient: gradient<Along>({
    g: keeping(["y"], (h, { y }, { attrs }) => softmaxGradient(h, y, attrs)),
    y: keeping(["g", "y"], (h, { g, y }, { attrs }) => softmaxGradientOfResult(h, g, y, attrs)),
  }),
  logSoftmaxGradient: gradient<Along>({
    g: keeping(["y"], (h, { y }, { attrs }) => sub(h, total(weighted(h, y), attrs))),
    y: keeping(["g", "y"], (h, { g, y }, { attrs }) => neg(mul(weighted(h, y), total(g, attrs)))),
  }),
};

/** The gradient of y in `softmaxGradient(g, y)`, for the upstream gradient h. */
export function softmaxGradientOfResult(h: Tensor, g: Tensor, y: Tensor, along: Along): Tensor {
  return sub(crossed(h, g, total(mul(g, y), along)), mul(g, total(mul(h, y), along)));
}
