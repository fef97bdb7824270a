import { shapeText } from "../errors.ts";
import { stridedScatterAdd } from "../ops/view/as-strided.ts";
import { type DiagonalOptions, diagonal } from "../ops/view/diagonal.ts";
import { flatten } from "../ops/view/reshape.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/**
 * A matrix with the last dimension of `x` on a diagonal and zeros elsewhere. Shape `[..., n]` to `[..., n, n]`, larger by
 * the offset; `dim1` and `dim2` say where the new dimensions go, the last two by default.
 *
 * @example
 * diagEmbed(tensor([1, 2])).tolist(); // => [[1, 0], [0, 2]]
 */
export function diagEmbed(x: Tensor, { offset = 0, dim1 = -2, dim2 = -1 }: DiagonalOptions = {}): Tensor {
  const length = x.shape.at(-1);
  if (length === undefined) throw new RangeError("diagEmbed: needs at least one dimension (x [])");
  const rank = x.ndim + 1;
  const [low, high] = [normalizeDim("diagEmbed", dim1, rank), normalizeDim("diagEmbed", dim2, rank)].sort(
    (a, b) => a - b,
  ) as [number, number];
  if (low === high)
    throw new RangeError(`diagEmbed: dim1 and dim2 must differ: got ${dim1} and ${dim2} (x ${shapeText(x.shape)})`);
  const size = length + Math.abs(offset);
  const shape = x.shape.slice(0, -1).toSpliced(low, 0, size).toSpliced(high, 0, size);
  const whole = x.sibling(x.storage, shape);
  const window = diagonal(whole, { offset, dim1, dim2 });
  return stridedScatterAdd(x, shape, { shape: window.shape, strides: window.strides, offset: window.offset });
}

export interface DiagOptions {
  /** 0 for the main diagonal, positive above it, negative below. */
  diagonal?: number;
}

/**
 * The diagonal of a matrix, or the matrix with a vector on its diagonal. Shape `[m, n]` to `[k]`, `[n]` to `[n, n]`.
 *
 * @example
 * diag(tensor([[1, 2], [3, 4]])).tolist(); // => [1, 4]
 */
export function diag(x: Tensor, { diagonal: offset = 0 }: DiagOptions = {}): Tensor {
  if (x.ndim === 1) return diagEmbed(x, { offset });
  if (x.ndim === 2) return diagonal(x, { offset });
  throw new RangeError(`diag: needs a vector or a matrix (x ${shapeText(x.shape)})`);
}

/**
 * A matrix with all elements of `x` on its diagonal. Shape `[...]` of n elements to `[n, n]`.
 *
 * @example
 * diagflat(tensor([[1], [2]])).tolist(); // => [[1, 0], [0, 2]]
 */
export const diagflat = (x: Tensor, { offset = 0 }: { offset?: number } = {}): Tensor =>
  diagEmbed(flatten(x), { offset });
