import { shapeText } from "../../errors.ts";
import { apply, callable, type ViewOp } from "../../op.ts";
import { type Layout, normalizeDim } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

interface DiagonalAttrs {
  readonly offset: number;
  readonly dim1: number;
  readonly dim2: number;
}

const op: ViewOp<DiagonalAttrs> = {
  kind: "view",
  name: "diagonal",
  inputs: ["x"],
  layout: (of, attrs) => diagonalLayout(of, attrs),
};

export interface DiagonalOptions {
  /** 0 for the main diagonal, positive above it, negative below. */
  offset?: number;
  dim1?: number;
  dim2?: number;
}

/**
 * The diagonal of the matrices in `dim1` and `dim2`, as the last dimension; a view. Shape `[m, n, ...]` to
 * `[..., min(m, n)]`.
 *
 * @example
 * diagonal(tensor([[1, 2], [3, 4]])).tolist(); // => [1, 4]
 */
export const diagonal = callable(
  (x: Tensor, options: DiagonalOptions = {}): Tensor => apply(op, [x], diagonalAttrs("diagonal", x.shape, options)),
  op,
);

/** Checks the options against the shape that holds the diagonal. */
function diagonalAttrs(
  who: string,
  shape: readonly number[],
  { offset = 0, dim1 = 0, dim2 = 1 }: DiagonalOptions,
): DiagonalAttrs {
  const first = normalizeDim(who, dim1, shape.length);
  const second = normalizeDim(who, dim2, shape.length);
  if (first === second)
    throw new RangeError(`${who}: dim1 and dim2 must differ: got ${dim1} and ${dim2} (x ${shapeText(shape)})`);
  if (!Number.isInteger(offset)) throw new RangeError(`${who}: offset must be a whole number: got ${offset}`);
  return { offset, dim1: first, dim2: second };
}

function diagonalLayout({ shape, strides, offset: start }: Layout, { offset, dim1, dim2 }: DiagonalAttrs): Layout {
  const [rows, columns] = [shape[dim1] as number, shape[dim2] as number];
  const [down, right] = [strides[dim1] as number, strides[dim2] as number];
  const length = Math.max(0, offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns));
  const rest = shape.map((_, dim) => dim).filter((dim) => dim !== dim1 && dim !== dim2);
  return {
    shape: [...rest.map((dim) => shape[dim] as number), length],
    strides: [...rest.map((dim) => strides[dim] as number), down + right],
    offset: length === 0 ? start : start + (offset >= 0 ? offset * right : -offset * down),
  };
}
