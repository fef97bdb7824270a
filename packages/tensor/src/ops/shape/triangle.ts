import { shapeText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

export interface TriangleOptions {
  /** Which diagonal the triangle ends at: 0 the main one, 1 the one above it, -1 the one below. */
  diagonal?: number;
}

export interface TriangleAttrs {
  readonly diagonal: number;
}

/* @__NO_SIDE_EFFECTS__ */
function triangle(name: string, keeps: (above: number) => boolean): KernelOp<TriangleAttrs> {
  return {
    kind: "kernel",
    name,
    inputs: ["x"],
    infer: ([x], { diagonal }) => {
      const { shape, dtype } = x as Tensor;
      if (shape.length < 2) throw new RangeError(`${name}: needs a matrix or a batch of them (x ${shapeText(shape)})`);
      if (!Number.isInteger(diagonal))
        throw new RangeError(`${name}: diagonal must be a whole number: got ${diagonal}`);
      return { shape, dtype };
    },
    reference: ([x], output, { diagonal }) => {
      const from = elements(x as Tensor);
      const to = elements(output);
      const rows = output.shape.at(-2) as number;
      const columns = output.shape.at(-1) as number;
      for (let i = 0; i < to.length; i++) {
        const row = Math.floor(i / columns) % rows;
        to[i] = keeps((i % columns) - row - diagonal) ? (from[i] as number) : 0;
      }
    },
  };
}

const lower = triangle("tril", (above) => above <= 0);
const upper = triangle("triu", (above) => above >= 0);

/**
 * The lower triangle: zeros above the diagonal. Shape `[..., m, n]` to the same.
 *
 * @example
 * tril(ones([2, 2])).tolist(); // => [[1, 0], [1, 1]]
 */
export const tril = callable(
  (x: Tensor, { diagonal = 0 }: TriangleOptions = {}): Tensor => apply(lower, [x], { diagonal }),
  lower,
);

/**
 * The upper triangle: zeros below the diagonal. Shape `[..., m, n]` to the same.
 *
 * @example
 * triu(ones([2, 2])).tolist(); // => [[1, 1], [0, 1]]
 */
export const triu = callable(
  (x: Tensor, { diagonal = 0 }: TriangleOptions = {}): Tensor => apply(upper, [x], { diagonal }),
  upper,
);
