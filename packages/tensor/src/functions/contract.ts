import { operandsText, shapeText } from "../errors.ts";
import { mul } from "../ops/elementwise/arithmetic.ts";
import { diagonal } from "../ops/view/diagonal.ts";
import { permute } from "../ops/view/permute.ts";
import { reshape, view } from "../ops/view/reshape.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import { normalizeDim, type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { matmul } from "./matmul.ts";
import { sum } from "./reduce.ts";

export interface TensordotOptions {
  /** How many dimensions, the last of x and the first of y; or which of each. Default 2. */
  dims?: number | readonly [of: readonly number[], other: readonly number[]];
}

/**
 * Sums of products over pairs of dimensions. Shapes `[a, b, c]` and `[b, c, d]` to `[a, d]` for dims 2.
 *
 * @example
 * tensordot(ones([2, 3, 4]), ones([4, 3, 5]), { dims: [[1, 2], [1, 0]] }).shape; // => [2, 5]
 */
export function tensordot(x: Tensor, y: Tensor, { dims = 2 }: TensordotOptions = {}): Tensor {
  const [left, right] = contractedDims(x, y, dims);
  const wrong = left.findIndex((dim, i) => x.shape[dim] !== y.shape[right[i] as number]);
  if (wrong >= 0) {
    const [dim, other] = [left[wrong] as number, right[wrong] as number];
    throw new RangeError(
      `tensordot: sizes differ: ${x.shape[dim]} at dim ${dim} and ${y.shape[other]} at dim ${other} ${operandsText({ x, y })}`,
    );
  }
  const rest = others(x, left);
  const otherRest = others(y, right);
  const k = sizeOf(left.map((dim) => x.shape[dim] as number));
  const lengths = (of: Tensor, list: readonly number[]): number[] => list.map((dim) => of.shape[dim] as number);
  const [xRest, yRest] = [lengths(x, rest), lengths(y, otherRest)];
  const product = matmul(
    reshape(permute(x, [...rest, ...left]), [sizeOf(xRest), k]),
    reshape(permute(y, [...right, ...otherRest]), [k, sizeOf(yRest)]),
  );
  return view(product, [...xRest, ...yRest]);
}

const others = ({ shape }: Tensor, dims: readonly number[]): number[] =>
  shape.map((_, dim) => dim).filter((dim) => !dims.includes(dim));

function contractedDims(
  x: Tensor,
  y: Tensor,
  dims: NonNullable<TensordotOptions["dims"]>,
): [left: number[], right: number[]] {
  if (typeof dims === "number") {
    if (!Number.isInteger(dims) || dims < 0 || dims > Math.min(x.ndim, y.ndim)) {
      throw new RangeError(
        `tensordot: dims must be a whole number from 0 to ${Math.min(x.ndim, y.ndim)}, got ${dims} ${operandsText({ x, y })}`,
      );
    }
    const count = Array.from({ length: dims }, (_, i) => i);
    return [count.map((i) => x.ndim - dims + i), count];
  }
  const left = dims[0].map((dim) => normalizeDim("tensordot", dim, x.ndim));
  const right = dims[1].map((dim) => normalizeDim("tensordot", dim, y.ndim));
  if (left.length !== right.length)
    throw new RangeError(`tensordot: needs as many dims of x as of y: ${shapeText(left)} and ${shapeText(right)}`);
  if (new Set(left).size !== left.length || new Set(right).size !== right.length) {
    throw new RangeError(`tensordot: a dim appears more than once: ${shapeText(left)} and ${shapeText(right)}`);
  }
  return [left, right];
}

/**
 * The Kronecker product: every element of `x` times all of `y`, block by block. Shapes `[a, b]` and `[c, d]` to
 * `[a c, b d]`; the shorter shape is filled up with ones in front.
 *
 * @example
 * kron(tensor([1, 10]), tensor([1, 2])).tolist(); // => [1, 2, 10, 20]
 */
export function kron(x: Tensor, y: Tensor): Tensor {
  const rank = Math.max(x.ndim, y.ndim);
  const filled = ({ shape }: Tensor): number[] => [...new Array<number>(rank - shape.length).fill(1), ...shape];
  const [left, right] = [filled(x), filled(y)];
  const blocks = mul(
    reshape(
      x,
      left.flatMap((length) => [length, 1]),
    ),
    reshape(
      y,
      right.flatMap((length) => [1, length]),
    ),
  );
  return reshape(
    blocks,
    left.map((length, dim) => length * (right[dim] as number)),
  );
}

/**
 * The sum of the diagonal. Shape `[m, n]` to `[]`.
 *
 * @example
 * trace(tensor([[1, 2], [3, 4]])).item(); // => 5
 */
export function trace(x: Tensor): Tensor {
  if (x.ndim !== 2) throw new RangeError(`trace: needs a matrix, got ${x.ndim} dimensions ${operandsText({ x })}`);
  return sum(diagonal(x));
}

/**
 * The product of several matrices in the order that takes the fewest multiplications. The first may be a vector (a row),
 * the last too (a column). Shapes `[a, b]`, `[b, c]`, `[c, d]` to `[a, d]`.
 *
 * Cormen et al., Introduction to Algorithms, 15.2.
 *
 * @example
 * multiDot([ones([10, 100]), ones([100, 5]), ones([5, 50])]).shape; // => [10, 50]
 */
export function multiDot(tensors: readonly Tensor[]): Tensor {
  const [first, last] = [tensors[0], tensors.at(-1)];
  if (first === undefined || last === undefined || tensors.length < 2)
    throw new RangeError(`multiDot: needs at least two tensors, got ${tensors.length}`);
  tensors.forEach((each, i) => {
    const mayBeVector = i === 0 || i === tensors.length - 1;
    if (each.ndim !== 2 && !(mayBeVector && each.ndim === 1)) {
      throw new RangeError(
        `multiDot: tensor ${i} must be a matrix${mayBeVector ? " or a vector" : ""} (tensor ${i} ${shapeText(each.shape)})`,
      );
    }
  });
  const matrices = tensors.slice();
  if (first.ndim === 1) matrices[0] = unsqueeze(first, 0);
  if (last.ndim === 1) matrices[matrices.length - 1] = unsqueeze(last, 1);
  const product = chain("multiDot", matrices);
  return view(product, [
    ...(first.ndim === 1 ? [] : [product.shape[0] as number]),
    ...(last.ndim === 1 ? [] : [product.shape[1] as number]),
  ]);
}

/**
 * The product of several matrices in the order that takes the fewest multiplications; one alone comes back.
 *
 * @example
 * chainMatmul(ones([10, 100]), ones([100, 5]), ones([5, 50])).shape; // => [10, 50]
 */
export function chainMatmul(...matrices: readonly Tensor[]): Tensor {
  const [only] = matrices;
  if (only === undefined) throw new RangeError("chainMatmul: needs at least one matrix");
  matrices.forEach((each, i) => {
    if (each.ndim !== 2)
      throw new RangeError(
        `chainMatmul: matrix ${i} has ${each.ndim} dimensions (matrix ${i} ${shapeText(each.shape)})`,
      );
  });
  return matrices.length === 1 ? only : chain("chainMatmul", matrices);
}

function chain(who: string, matrices: readonly Tensor[]): Tensor {
  const sizes = matrices.map((each) => each.shape as [number, number]);
  sizes.slice(1).forEach(([rows], i) => {
    const columns = sizes[i]?.[1];
    if (rows !== columns)
      throw new RangeError(`${who}: inner sizes of matrices ${i} and ${i + 1} differ: ${columns} and ${rows}`);
  });
  const splits = cheapestSplits([...sizes.map(([rows]) => rows), (sizes.at(-1) as Shape)[1] as number]);
  const product = (from: number, to: number): Tensor => {
    if (from === to) return matrices[from] as Tensor;
    const at = splits[from]?.[to] as number;
    return matmul(product(from, at), product(at + 1, to));
  };
  return product(0, matrices.length - 1);
}

/** Where to split the product of matrices i to j, for all i < j; matrix i is `[sizes[i], sizes[i + 1]]`. */
function cheapestSplits(sizes: readonly number[]): number[][] {
  const count = sizes.length - 1;
  const costs = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  const splits = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (let span = 1; span < count; span++) {
    for (let from = 0; from + span < count; from++) {
      const to = from + span;
      let best = Number.POSITIVE_INFINITY;
      for (let at = from; at < to; at++) {
        const joined = (sizes[from] as number) * (sizes[at + 1] as number) * (sizes[to + 1] as number);
        const cost = (costs[from]?.[at] as number) + (costs[at + 1]?.[to] as number) + joined;
        if (cost >= best) continue;
        best = cost;
        (splits[from] as number[])[to] = at;
      }
      (costs[from] as number[])[to] = best;
    }
  }
  return splits;
}
