import { expand, type Shape, view, type Tensor } from "@dl/tensor";
import { type Context, gradient } from "../rule.ts";

interface Block {
  readonly dim: number;
  readonly span: number;
}

/** Gives every element that was reduced the gradient of what it went into. */
export function spread(g: Tensor, { attrs, inputs }: Context<Block>): Tensor {
  const shape = inputs[0]?.shape as Shape;
  const kept = shape.map((length, dim) => (dim >= attrs.dim && dim < attrs.dim + attrs.span ? 1 : length));
  return expand(view(g, kept), shape);
}

export const reductions = {
  sumBlock: gradient<Block>({ x: (g, _, context) => spread(g, context) }),
};
