import { operandsText, shapeText } from "../errors.ts";
import { type CatOptions, cat, joined } from "../ops/shape/cat.ts";
import { padConstant } from "../ops/shape/pad-constant.ts";
import { transpose } from "../ops/view/permute.ts";
import { reshape, view } from "../ops/view/reshape.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import { normalizeDim, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The tensors side by side in a new dimension `dim`. `k` of shape `[a, b]` to `[k, a, b]` for dim 0.
 *
 * @example
 * stack([tensor([1, 2]), tensor([3, 4])], { dim: 1 }).tolist(); // => [[1, 3], [2, 4]]
 */
export function stack(tensors: readonly Tensor[], { dim = 0 }: CatOptions = {}): Tensor {
  const [first] = tensors;
  if (first === undefined) throw new RangeError("stack: needs at least one tensor, got an empty list");
  const odd = tensors.findIndex((x) => !sameShape(x.shape, first.shape));
  if (odd > 0) {
    throw new RangeError(
      `stack: all shapes must be equal (tensor 0 ${shapeText(first.shape)}, tensor ${odd} ${shapeText((tensors[odd] as Tensor).shape)})`,
    );
  }
  const axis = normalizeDim("stack", dim, first.ndim + 1);
  return cat(
    tensors.map((x) => unsqueeze(x, axis)),
    { dim: axis },
  );
}

/**
 * One after the other along the second dimension; 1-d tensors along the first.
 *
 * @example
 * hstack([tensor([1, 2]), tensor([3])]).tolist(); // => [1, 2, 3]
 */
export function hstack(tensors: readonly Tensor[]): Tensor {
  const parts = tensors.map(atleast1d);
  return joined("hstack", parts, parts[0]?.ndim === 1 ? 0 : 1);
}

/**
 * One below the other along the first dimension, 1-d tensors as rows.
 *
 * @example
 * vstack([tensor([1, 2]), tensor([3, 4])]).tolist(); // => [[1, 2], [3, 4]]
 */
export const vstack = (tensors: readonly Tensor[]): Tensor => joined("vstack", tensors.map(atleast2d), 0);

/**
 * One behind the other along the third dimension.
 *
 * @example
 * dstack([tensor([1, 2]), tensor([3, 4])]).tolist(); // => [[[1, 3], [2, 4]]]
 */
export const dstack = (tensors: readonly Tensor[]): Tensor => joined("dstack", tensors.map(atleast3d), 2);

/**
 * Side by side along the second dimension, 0-d and 1-d tensors as columns.
 *
 * @example
 * columnStack([tensor([1, 2]), tensor([3, 4])]).tolist(); // => [[1, 3], [2, 4]]
 */
export const columnStack = (tensors: readonly Tensor[]): Tensor =>
  joined(
    "columnStack",
    tensors.map((x) => (x.ndim < 2 ? reshape(x, [x.size, 1]) : x)),
    1,
  );

/**
 * At least one dimension: a 0-d tensor as `[1]`; a view.
 *
 * @example
 * atleast1d(tensor(3)).shape; // => [1]
 */
export const atleast1d = (x: Tensor): Tensor => (x.ndim === 0 ? view(x, [1]) : x);

/**
 * At least two dimensions: `[n]` becomes `[1, n]`; a view.
 *
 * @example
 * atleast2d(tensor([1, 2])).shape; // => [1, 2]
 */
export const atleast2d = (x: Tensor): Tensor => (x.ndim < 2 ? unsqueeze(atleast1d(x), 0) : x);

/**
 * At least three dimensions: `[n]` becomes `[1, n, 1]`, `[m, n]` becomes `[m, n, 1]`; a view.
 *
 * @example
 * atleast3d(tensor([1, 2])).shape; // => [1, 2, 1]
 */
export const atleast3d = (x: Tensor): Tensor => (x.ndim < 3 ? unsqueeze(atleast2d(x), -1) : x);

/**
 * All matrices along one diagonal, zeros elsewhere. 0-d and 1-d tensors are rows. Shapes `[a, b]` and `[c, d]` to
 * `[a + c, b + d]`.
 *
 * @example
 * blockDiag([tensor([[1, 2]]), tensor([3])]).tolist(); // => [[1, 2, 0], [0, 0, 3]]
 */
export function blockDiag(tensors: readonly Tensor[]): Tensor {
  const blocks = tensors.map(atleast2d);
  const tall = blocks.find(({ ndim }) => ndim > 2);
  if (tall !== undefined)
    throw new RangeError(`blockDiag: needs tensors of at most 2 dimensions ${operandsText({ x: tall })}`);
  const columns = blocks.reduce((total, { shape }) => total + (shape[1] as number), 0);
  let left = 0;
  return cat(
    blocks.map((block) => {
      const width = block.shape[1] as number;
      const row = padConstant(block, [
        [0, 0],
        [left, columns - left - width],
      ]);
      left += width;
      return row;
    }),
  );
}

/**
 * The transposed view of a matrix; 0-d and 1-d tensors as they are. Shape `[m, n]` to `[n, m]`.
 *
 * @example
 * t(tensor([[1, 2]])).tolist(); // => [[1], [2]]
 */
export function t(x: Tensor): Tensor {
  if (x.ndim > 2) throw new RangeError(`t: needs at most 2 dimensions, use transpose ${operandsText({ x })}`);
  return x.ndim < 2 ? x : transpose(x, 0, 1);
}
