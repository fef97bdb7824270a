import { inPlace } from "../ops/in-place.ts";
import { type TriangleOptions, tril, triu } from "../ops/shape/triangle.ts";
import { transpose } from "../ops/view/permute.ts";
import { squeeze, unsqueeze } from "../ops/view/squeeze.ts";
import type { Tensor } from "../tensor.ts";

/**
 * `tril` in place. Returns `x`.
 *
 * @example
 * tril_(ones([2, 2])).tolist(); // => [[1, 0], [1, 1]]
 */
export const tril_ = (x: Tensor, options: TriangleOptions = {}): Tensor =>
  inPlace("tril_", x, (old) => tril(old, options));

/**
 * `triu` in place. Returns `x`.
 *
 * @example
 * triu_(ones([2, 2])).tolist(); // => [[1, 1], [0, 1]]
 */
export const triu_ = (x: Tensor, options: TriangleOptions = {}): Tensor =>
  inPlace("triu_", x, (old) => triu(old, options));

/**
 * Changes the shape of `x` itself as `unsqueeze` does; the elements stay where they are. Returns `x`.
 *
 * @example
 * unsqueeze_(zeros([3]), 0).shape; // => [1, 3]
 */
export const unsqueeze_ = (x: Tensor, dim: number): Tensor => become("unsqueeze_", x, (old) => unsqueeze(old, dim));

/**
 * Changes the shape of `x` itself as `squeeze` does; the elements stay where they are. Returns `x`.
 *
 * @example
 * squeeze_(zeros([1, 3])).shape; // => [3]
 */
export const squeeze_ = (x: Tensor, dims?: number | readonly number[]): Tensor =>
  become("squeeze_", x, (old) => squeeze(old, dims));

/**
 * Changes the shape of `x` itself as `transpose` does; the elements stay where they are. Returns `x`.
 *
 * @example
 * transpose_(zeros([2, 3]), 0, 1).shape; // => [3, 2]
 */
export const transpose_ = (x: Tensor, dim0: number, dim1: number): Tensor =>
  become("transpose_", x, (old) => transpose(old, dim0, dim1));

/**
 * Gives `x` the layout and history of a view of what it was. Counts as a change, as in PyTorch. Views of `x` need it as
 * their base in row-major order: where it leaves that, what it was becomes the base.
 */
function become(who: string, x: Tensor, change: (old: Tensor) => Tensor): Tensor {
  x.base?.tracer?.refresh(x);
  x.tracer?.beforeWrite(who, x);
  const old = x.sibling(x.storage, x.shape, x.strides, x.offset, x.base);
  old.tracer = x.tracer;
  const { shape, strides, offset, base, tracer, isContiguous } = change(old);
  x.storage.version++;
  return Object.assign(x, { shape, strides, offset, tracer, base: isContiguous ? x.base : base });
}
