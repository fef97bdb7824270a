import { notTensor, operandsText } from "../errors.ts";
import { matmulBatch } from "../ops/matmul.ts";
import { reshape, view } from "../ops/view/reshape.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import type { Tensor } from "../tensor.ts";

/**
 * `x · y`, as torch.matmul: vectors, matrices and batches of them.
 *
 * - `[k]` and `[k]` to `[]`
 * - `[..., m, k]` and `[k]` to `[..., m]`
 * - `[k]` and `[..., k, n]` to `[..., n]`
 * - `[..., m, k]` and `[..., k, n]` to `[..., m, n]`; leading dimensions broadcast
 *
 * @example
 * matmul(tensor([[1, 2], [3, 4]]), tensor([1, 1])).tolist(); // => [3, 7]
 */
export function matmul(x: Tensor, y: Tensor): Tensor {
  if (y?.storage === undefined) throw notTensor("matmul", "y", y);
  if (x.ndim === 0 || y.ndim === 0)
    throw new RangeError(`matmul: needs at least one dimension each ${operandsText({ x, y })}`);
  const inner = y.ndim === 1 ? y.shape[0] : y.shape.at(-2);
  if (x.shape.at(-1) !== inner)
    throw new RangeError(`matmul: inner sizes differ: ${x.shape.at(-1)} and ${inner} ${operandsText({ x, y })}`);
  if (x.dtype !== y.dtype) throw new TypeError(`matmul: operands must have one dtype, got x ${x.dtype}, y ${y.dtype}`);
  const left = x.ndim === 1 ? unsqueeze(x, 0) : x;
  const right = y.ndim === 1 ? unsqueeze(y, 1) : y;
  const product = right.ndim === 2 && left.ndim > 2 ? foldedMatmul(left, right) : matmulBatch(left, right);
  if (x.ndim > 1 && y.ndim > 1) return product;
  const keep = product.shape.slice(0, -2);
  return view(product, [
    ...keep,
    ...(x.ndim === 1 ? [] : [product.shape.at(-2) as number]),
    ...(y.ndim === 1 ? [] : [product.shape.at(-1) as number]),
  ]);
}

/** One large product instead of a batch of small ones with the same right side. */
function foldedMatmul(x: Tensor, y: Tensor): Tensor {
  if (x.size === 0) return matmulBatch(x, y);
  const inner = x.shape.at(-1) as number;
  return view(matmulBatch(reshape(x, [x.size / inner, inner]), y), [...x.shape.slice(0, -1), y.shape[1] as number]);
}
