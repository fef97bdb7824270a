import {
  add,
  besselJ0,
  besselJ1,
  besselY0,
  besselY1,
  binary,
  clamp,
  digamma,
  div,
  erfcx,
  exp,
  exp2,
  gt,
  i0,
  i0e,
  i1,
  i1e,
  modifiedBesselK0,
  modifiedBesselK1,
  mul,
  neg,
  polygamma,
  scaledModifiedBesselK0,
  scaledModifiedBesselK1,
  sign,
  square,
  sub,
  type Tensor,
  toCopy,
  unary,
  where,
  zeta,
} from "@dl/tensor";
import { frexpExponent } from "@dl/tensor/primitives";
import { gradient, keeping, notDifferentiable, type Rule } from "../rule.ts";

type Slope = (x: Tensor, output: Tensor) => Tensor;

/** `g` times a derivative made from the input and the output. */
const slope = (of: Slope): Rule =>
  gradient({ x: keeping(["x", "output"], (g, { x, output }) => mul(g, of(x, output))) });

/** `x / y`, a half at 0: of `J1(y) / y` and the like. */
const ratio = binary("besselRatio", "y == 0 ? 0.5 : x / y");

/** Close to 0 the quotient cancels: its series there. */
const sphericalSlope = unary(
  "sphericalBesselJ0Backward",
  "let u = x * x; abs(x) < 0.3 ? x * (u * (1 / 30 - u * (1 / 840 - u * (1 / 45360))) - 1 / 3) : (x * cos(x) - sin(x)) / u",
);

/** `φ(x) / Φ(x)` from `output = log Φ(x)`, for x from -1 on. */
const densityRatio = (x: Tensor, output: Tensor): Tensor =>
  div(exp(sub(mul(square(clamp(x, { min: -1 })), -0.5), clamp(output, { min: -2 }))), Math.sqrt(2 * Math.PI));

/** `φ(x) / Φ(x)` for x up to -1, where both are tiny. */
const hazard = (x: Tensor): Tensor => div(Math.sqrt(2 / Math.PI), erfcx(mul(clamp(x, { max: -1 }), -Math.SQRT1_2)));

export const specials = {
  i0: slope((x) => i1(x)),
  i0e: slope((x, output) => sub(i1e(x), mul(sign(x), output))),
  i1: slope((x, output) => sub(i0(x), ratio(output, x))),
  i1e: slope((x, output) => sub(sub(i0e(x), mul(sign(x), output)), ratio(output, x))),
  besselJ0: slope((x) => neg(besselJ1(x))),
  besselJ1: slope((x, output) => sub(besselJ0(x), ratio(output, x))),
  besselY0: slope((x) => neg(besselY1(x))),
  besselY1: slope((x, output) => sub(besselY0(x), div(output, x))),
  modifiedBesselK0: slope((x) => neg(modifiedBesselK1(x))),
  modifiedBesselK1: slope((x, output) => neg(add(modifiedBesselK0(x), div(output, x)))),
  scaledModifiedBesselK0: slope((x, output) => sub(output, scaledModifiedBesselK1(x))),
  scaledModifiedBesselK1: slope((x, output) => sub(sub(output, scaledModifiedBesselK0(x)), div(output, x))),
  sphericalBesselJ0: slope((x) => sphericalSlope(x)),
  airyAi: notDifferentiable,
  erfinv: slope((_, output) => mul(exp(square(output)), Math.sqrt(Math.PI) / 2)),
  lgamma: slope((x) => digamma(x)),
  digamma: slope((x) => polygamma(1, x)),
  polygamma: gradient<{ readonly n: number }>({
    x: keeping(["x"], (g, { x }, { attrs }) => mul(g, polygamma(attrs.n + 1, x))),
  }),
  erfcx: slope((x, output) => sub(mul(mul(x, 2), output), 2 / Math.sqrt(Math.PI))),
  logNdtr: slope((x, output) => where(gt(x, -1), densityRatio(x, output), hazard(x))),
  ndtri: slope((_, output) => mul(exp(mul(square(output), 0.5)), Math.sqrt(2 * Math.PI))),
  zeta: gradient({ y: keeping(["x", "y"], (g, { x, y }) => neg(mul(g, mul(x, zeta(add(x, 1), y))))) }),
  orthogonalPolynomial: notDifferentiable,
  frexpMantissa: slope((x) => exp2(neg(toCopy(frexpExponent(x.detach()), x.dtype)))),
  frexpExponent: notDifferentiable,
};
