import { flip, narrow, type Tensor, tril, triu } from "@dl/tensor";
import { padConstant } from "@dl/tensor/primitives";
import { type Context, gradient } from "../rule.ts";

interface Dim {
  readonly dim: number;
}

interface Diagonal {
  readonly diagonal: number;
}

/** The part of `g` that one of the joined tensors had. */
function part(g: Tensor, { attrs: { dim }, inputs, index }: Context<Dim>): Tensor {
  const lengthOf = (k: number): number => inputs[k]?.shape[dim] ?? 0;
  let start = 0;
  for (let k = 0; k < index; k++) start += lengthOf(k);
  return narrow(g, dim, start, lengthOf(index));
}

export const shapes = {
  cat: gradient<Dim>({ each: (g, _, context) => part(g, context) }),
  flip: gradient<{ readonly dims: readonly number[] }>({ x: (g, _, { attrs }) => flip(g, attrs.dims) }),
  padConstant: gradient<{ readonly pads: readonly (readonly [number, number])[] }>({
    x: (g, _, { attrs }) =>
      padConstant(
        g,
        attrs.pads.map(([before, after]) => [-before, -after] as const),
      ),
  }),
  tril: gradient<Diagonal>({ x: (g, _, { attrs }) => tril(g, attrs) }),
  triu: gradient<Diagonal>({ x: (g, _, { attrs }) => triu(g, attrs) }),
};
