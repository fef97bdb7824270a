import { isFloat, newArray } from "../dtype.ts";
import { operandsText, shapeText } from "../errors.ts";
import { transpose } from "../ops/view/permute.ts";
import { view } from "../ops/view/reshape.ts";
import { checkShape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray } from "./creation.ts";
import { matmul } from "./matmul.ts";

export interface AffineGridOptions {
  /** -1 and 1 are the centres of the first and last elements, and not their edges. Default false. */
  alignCorners?: boolean;
}

/**
 * The grid that `gridSample` needs to turn, shift and scale images: the places of `size`'s elements, mapped by `theta`.
 *
 * - theta: `[n, 2, 3]` for size `[n, c, h, w]`, `[n, 3, 4]` for size `[n, c, d, h, w]`
 * - result: `[n, h, w, 2]` or `[n, d, h, w, 3]`
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.affine_grid.html
 *
 * @example
 * affineGrid(tensor([[[1, 0, 0], [0, 1, 0]]]), [1, 1, 1, 2]).tolist(); // => [[[[-0.5, 0], [0.5, 0]]]]
 */
export function affineGrid(
  theta: Tensor,
  size: readonly number[],
  { alignCorners = false }: AffineGridOptions = {},
): Tensor {
  const rank = size.length - 2;
  checkShape("affineGrid", size);
  if ((rank !== 2 && rank !== 3) || size.includes(0)) {
    throw new RangeError(`affineGrid: size must be [n, c, h, w] or [n, c, d, h, w] without 0: got ${shapeText(size)}`);
  }
  if (!isFloat(theta.dtype))
    throw new TypeError(`affineGrid: theta must be a floating-point tensor: got ${theta.dtype}`);
  const batch = size[0] as number;
  const [n, rows, columns] = theta.shape;
  if (theta.ndim !== 3 || n !== batch || rows !== rank || columns !== rank + 1) {
    throw new RangeError(
      `affineGrid: theta must be ${shapeText([batch, rank, rank + 1])} for size ${shapeText(size)} ${operandsText({ theta })}`,
    );
  }
  const spatial = size.slice(2);
  const places = homogeneous(theta, spatial, alignCorners);
  return view(matmul(places, transpose(theta, 1, 2)), [batch, ...spatial, rank]);
}

/** The places (x, y, …, 1) of all elements: `[elements, rank + 1]`. */
function homogeneous(theta: Tensor, spatial: readonly number[], alignCorners: boolean): Tensor {
  const count = sizeOf(spatial);
  const width = spatial.length + 1;
  const values = newArray(theta.dtype, count * width).fill(1);
  for (let at = 0; at < count; at++) {
    let rest = at;
    for (let dim = spatial.length - 1; dim >= 0; dim--) {
      const length = spatial[dim] as number;
      const i = rest % length;
      rest = Math.floor(rest / length);
      const place = alignCorners ? (length > 1 ? (2 * i) / (length - 1) - 1 : 0) : (2 * i + 1) / length - 1;
      values[at * width + (spatial.length - 1 - dim)] = place;
    }
  }
  return fromTypedArray(values, [count, width], theta.dtype, theta.device);
}
