import {
  binary,
  div,
  gather,
  indexSelect,
  maskedFill,
  mul,
  reshape,
  type Shape,
  scatterAdd,
  type Tensor,
  ternary,
  toCopy,
  zeros,
} from "@dl/tensor";
import { indexAddSlabs, indexCopy, scatterFold, scatterWrite } from "@dl/tensor/primitives";
import { derived, gradient, keeping, notDifferentiable, shapeOf } from "../rule.ts";

interface Dim {
  readonly dim: number;
}

interface Fold extends Dim {
  readonly reduce: "prod" | "amax" | "amin";
  readonly includeSelf: boolean;
}

type Keeps = Readonly<Record<"x" | "index" | "source" | "output", Tensor>>;

const zerosLike = (x: Tensor, shape: Shape = x.shape): Tensor => zeros(shape, { dtype: x.dtype, device: x.device });

/** The slabs of `g` that were written, in the shape of what was written there. */
const read = keeping<"index", Dim>(["index"], (g, { index }, context) =>
  reshape(indexSelect(g, context.attrs.dim, index), shapeOf(context, 2)),
);

export const indexing = {
  maskedFill: derived,
  linearIndex: notDifferentiable,
  nonzero: notDifferentiable,
  indexSelect: gradient<Dim>({
    x: keeping(["index"], (g, { index }, context) =>
      indexAddSlabs(zerosLike(g, shapeOf(context, 0)), context.attrs.dim, index, g),
    ),
  }),
  indexAddSlabs: gradient<Dim>({ x: (g) => g, source: read }),
  indexCopy: gradient<Dim>({
    x: keeping(["index"], (g, { index }, context) =>
      indexCopy(g, context.attrs.dim, index, zerosLike(g, shapeOf(context, 2))),
    ),
    source: read,
  }),
  scatterWrite: gradient<Dim>({
    x: keeping(["index"], (g, { index }, { attrs }) => scatterWrite(g, attrs.dim, index, zerosLike(g, index.shape))),
    source: keeping(["index"], (g, { index }, { attrs }) => gather(g, attrs.dim, index)),
  }),
  scatterFold: gradient<Fold>({
    x: keeping(["x", "index", "source", "output"], (g, saved, { attrs }) => {
      const own = attrs.reduce === "prod" ? productSelf(g, saved, attrs) : extremeSelf(g, saved, attrs);
      return attrs.includeSelf ? own : scatterWrite(own, attrs.dim, saved.index, zerosLike(g, saved.index.shape));
    }),
    source: keeping(["x", "index", "source", "output"], (g, saved, { attrs }) =>
      attrs.reduce === "prod" ? productSource(g, saved, attrs) : extremeSource(g, saved, attrs),
    ),
  }),
};

const same = binary("same", "x == y");
const isOne = binary("isOne", "x * y == 1");
const choose = ternary("choose", ["mask", "a", "b"], "mask != 0 ? a : b");

/** The gradient is shared among all that equal the extreme. */
function shared(g: Tensor, { x, index, source, output }: Keeps, { dim }: Dim): Tensor {
  const arrived = same(source, gather(output, dim, index));
  return div(g, scatterAdd(same(x, output), dim, index, arrived));
}

const extremeSelf = (g: Tensor, saved: Keeps, attrs: Fold): Tensor =>
  mul(same(saved.x, saved.output), shared(g, saved, attrs));

function extremeSource(g: Tensor, saved: Keeps, attrs: Fold): Tensor {
  const { index, source, output } = saved;
  const arrived = same(source, gather(output, attrs.dim, index));
  return mul(arrived, gather(shared(g, saved, attrs), attrs.dim, index));
}

/** The product of all others: by division, or anew with a 1 in place of a zero. */
function productSelf(g: Tensor, { x, index, source, output }: Keeps, attrs: Fold): Tensor {
  const isZero = toCopy(same(x, 0), "bool");
  const filled = maskedFill(x, isZero, 1);
  const others = scatterFold(filled, attrs.dim, index, source, attrs);
  const divided = div(mul(g, output), filled);
  return choose(isZero, mul(g, others), divided);
}

function productSource(g: Tensor, { x, index, source, output }: Keeps, attrs: Fold): Tensor {
  const { dim } = attrs;
  const zero = same(source, 0);
  const zeroCount = gather(scatterAdd(zerosLike(x), dim, index, zero), dim, index);
  const single = toCopy(isOne(zero, zeroCount), "bool");
  const others = scatterFold(x, dim, index, maskedFill(source, single, 1), attrs);
  const divided = div(gather(mul(g, output), dim, index), maskedFill(source, toCopy(zero, "bool"), 1));
  return choose(single, gather(mul(g, others), dim, index), divided);
}
