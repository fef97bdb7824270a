import {
  binary,
  div,
  expand,
  linearScan,
  mul,
  type Shape,
  sizeOf,
  type Tensor,
  ternary,
  unary,
  view,
  zeros,
} from "@dl/tensor";
import { meanBlock, sumBlock } from "@dl/tensor/primitives";
import { type Context, gradient, type InputGradient, keeping, notDifferentiable, shapeOf } from "../rule.ts";
import { firstOnes, shift } from "./scan.ts";

interface Block {
  readonly dim: number;
  readonly span: number;
}

/** The shape of the input with the reduced block as 1s. */
const keptShape = (context: Context<Block>): Shape =>
  shapeOf(context).map((length, dim) => (inBlock(context, dim) ? 1 : length));

/** Elements per block. */
const lengthOf = (context: Context<Block>): number =>
  sizeOf(shapeOf(context).filter((_, dim) => inBlock(context, dim)));

const inBlock = ({ attrs: { dim: first, span } }: Context<Block>, dim: number): boolean =>
  dim >= first && dim < first + span;

/** A result of the reduction beside its input, so that the two broadcast. */
const beside = (result: Tensor, context: Context<Block>): Tensor => view(result, keptShape(context));

/** Gives every element that was reduced the gradient of what it went into. */
const spread = (g: Tensor, context: Context<Block>): Tensor => expand(beside(g, context), shapeOf(context));

/** 1 where the element is its block's result, NaN for NaN. */
const isResult = binary("isResult", "x == y || (isnan(x) && isnan(y)) ? 1 : 0");

const isEqual = binary("isEqual", "x == y ? 1 : 0");

/** Equal shares for all elements that are what came out. */
export const shared: InputGradient<Block & { readonly nanEverywhere?: boolean }> = keeping(
  ["x", "output"],
  (g, { x, output }, context) => {
    const chosen = (context.attrs.nanEverywhere === true ? isEqual : isResult)(
      x.detach(),
      beside(output.detach(), context),
    );
    return mul(beside(div(g, sumBlock(chosen, context.attrs)), context), chosen);
  },
);

const varianceStep = ternary("varBackward", ["g", "x", "mean"], "g * (x - mean) * scale", { scale: 1 });
const stdStep = binary("stdBackward", "y == 0 ? 0 : x / (2 * y)");

function varianceGradient(g: Tensor, x: Tensor, context: Context<Block & { readonly correction: number }>): Tensor {
  const freedom = lengthOf(context) - context.attrs.correction;
  if (freedom === 0 && context.attrs.span === x.ndim) return spread(mul(g, Number.POSITIVE_INFINITY), context);
  return varianceStep(beside(g, context), x, beside(meanBlock(x, context.attrs), context), { scale: 2 / freedom });
}

const weightOf = ternary("logsumexpBackward", ["g", "x", "y"], "g * exp(x - y)");

/** Of each element's block: the product of all others, from the left and from the right, so that zeros do no harm. */
function productOfOthers(x: Tensor): Tensor {
  const before = linearScan(shift(x, 1, 1), firstOnes(x, 1, false), { dim: 1 });
  const after = linearScan(shift(x, 1, -1), firstOnes(x, 1, true), { dim: 1, reverse: true });
  return mul(before, after);
}

const signStep = binary("normBackward", "x * sign(y)");
const euclidStep = ternary("normBackward", ["g", "x", "y"], "y == 0 ? 0 : g * x / y");
const lowPowerStep = ternary(
  "normBackward",
  ["g", "x", "y"],
  "x == 0 ? 0 : g * sign(x) * pow(abs(x), p - 1) * pow(y, 1 - p)",
  { p: 1 },
);
const powerStep = ternary(
  "normBackward",
  ["g", "x", "y"],
  "y == 0 ? 0 : g * sign(x) * pow(abs(x), p - 1) / pow(y, p - 1)",
  { p: 1 },
);
const magnitude = unary("magnitude", "abs(x)");

function normGradient(g: Tensor, x: Tensor, output: Tensor, context: Context<Block & { readonly p: number }>): Tensor {
  const { p } = context.attrs;
  const [upstream, norm] = [beside(g, context), beside(output, context)];
  if (p === 0) return zeros(x.shape, { dtype: x.dtype, device: x.device });
  if (p === 1) return signStep(upstream, x);
  if (p === 2) return euclidStep(upstream, x, norm);
  if (Number.isFinite(p)) return (p < 1 ? lowPowerStep : powerStep)(upstream, x, norm, { p });
  const chosen = isResult(magnitude(x.detach()), norm.detach());
  return mul(signStep(beside(div(g, sumBlock(chosen, context.attrs)), context), x), chosen);
}

export const reductions = {
  sumBlock: gradient<Block>({ x: (g, _, context) => spread(g, context) }),
  meanBlock: gradient<Block>({ x: (g, _, context) => spread(div(g, lengthOf(context)), context) }),
  prodBlock: gradient<Block>({
    x: keeping(["x"], (g, { x }, context) => {
      const { dim, span } = context.attrs;
      const merged = [sizeOf(x.shape.slice(0, dim)), lengthOf(context), sizeOf(x.shape.slice(dim + span))];
      const others = productOfOthers(view(x.isContiguous ? x : mul(x, 1), merged));
      return mul(beside(g, context), view(others, x.shape));
    }),
  }),
  maxBlock: gradient<Block>({ x: shared }),
  minBlock: gradient<Block>({ x: shared }),
  argmaxBlock: notDifferentiable,
  argminBlock: notDifferentiable,
  allBlock: notDifferentiable,
  anyBlock: notDifferentiable,
  varBlock: gradient<Block & { readonly correction: number }>({
    x: keeping(["x"], (g, { x }, context) => varianceGradient(g, x, context)),
  }),
  stdBlock: gradient<Block & { readonly correction: number }>({
    x: keeping(["x", "output"], (g, { x, output }, context) => varianceGradient(stdStep(g, output), x, context)),
  }),
  logsumexpBlock: gradient<Block>({
    x: keeping(["x", "output"], (g, { x, output }, context) =>
      weightOf(beside(g, context), x, beside(output, context)),
    ),
  }),
  normBlock: gradient<Block & { readonly p: number }>({
    x: keeping(["x", "output"], (g, { x, output }, context) => normGradient(g, x, output, context)),
  }),
};
