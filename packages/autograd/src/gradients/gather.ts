import { type Shape, type Tensor, zeros } from "@dl/tensor";
import { gather, scatterAdd } from "@dl/tensor/primitives";
import { gradient, keeping, shapeOf } from "../rule.ts";

interface Along {
  readonly dim: number;
}

/** `g` added up where `index` picked from, in a tensor of `shape`. */
const putBack = (g: Tensor, shape: Shape, dim: number, index: Tensor): Tensor =>
  scatterAdd(zeros(shape, { dtype: g.dtype, device: g.device }), dim, index, g);

export const gathering = {
  gather: gradient<Along>({
    x: keeping(["index"], (g, { index }, context) => putBack(g, shapeOf(context), context.attrs.dim, index)),
  }),
  scatterAdd: gradient<Along>({
    x: (g) => g,
    source: keeping(["index"], (g, { index }, { attrs }) => gather(g, attrs.dim, index)),
  }),
};
