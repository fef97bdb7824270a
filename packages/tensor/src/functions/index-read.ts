import { operandsText, shapeText } from "../errors.ts";
import { gather } from "../ops/index/gather.ts";
import { indexCopy, indexSelect } from "../ops/index/index-select.ts";
import { linearIndex } from "../ops/index/linear-index.ts";
import { nonzero } from "../ops/index/nonzero.ts";
import { expand } from "../ops/view/expand.ts";
import { flatten, reshape, view } from "../ops/view/reshape.ts";
import { select, slice } from "../ops/view/slice.ts";
import { broadcastShapes, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/**
 * The elements of `x`, seen as flat, at `index` (int32; negative ones count from the end). Shape of `index`.
 *
 * @example
 * take(tensor([[1, 2], [3, 4]]), tensor([3, 0], { dtype: "int32" })).tolist(); // => [4, 1]
 */
export function take(x: Tensor, index: Tensor): Tensor {
  if (index.dtype !== "int32")
    throw new TypeError(`take: index must be int32, got ${index.dtype}: convert with .to("int32")`);
  const picks = flatten(linearIndex("take", [index], [x.size]));
  return view(indexSelect(flatten(x), 0, picks), index.shape);
}

export interface TakeAlongDimOptions {
  /** Left out, both are flattened. */
  dim?: number | undefined;
}

/**
 * As `gather`, but the other dimensions broadcast: undoes an `argsort`. Shape `[a, n]` and `[a, k]` to `[a, k]` for dim 1.
 *
 * @example
 * takeAlongDim(tensor([[1, 2], [3, 4]]), tensor([[1]], { dtype: "int32" }), { dim: 1 }).tolist(); // => [[2], [4]]
 */
export function takeAlongDim(x: Tensor, index: Tensor, { dim }: TakeAlongDimOptions = {}): Tensor {
  if (dim === undefined) return takeAlongDim(flatten(x), flatten(index), { dim: 0 });
  if (x.ndim !== index.ndim)
    throw new RangeError(
      `takeAlongDim: x and index differ in rank: ${x.ndim} and ${index.ndim} ${operandsText({ x, index })}`,
    );
  const axis = normalizeDim("takeAlongDim", dim, x.ndim);
  const others = broadcastShapes("takeAlongDim", [x.shape.with(axis, 1), index.shape.with(axis, 1)], ["x", "index"]);
  return gather(
    expand(x, others.with(axis, x.shape[axis] as number)),
    axis,
    expand(index, others.with(axis, index.shape[axis] as number)),
  );
}

/**
 * The elements where `mask` (bool) is true, in row-major order; both broadcast. Shape `[count]`.
 *
 * @example
 * maskedSelect(tensor([1, 2, 3]), tensor([true, false, true])).tolist(); // => [1, 3]
 */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  checkMask("maskedSelect", mask);
  const shape = broadcastShapes("maskedSelect", [x.shape, mask.shape], ["x", "mask"]);
  return indexSelect(flatten(expand(x, shape)), 0, places(expand(mask, shape)));
}

/**
 * `x` with the elements of `source`, in order, where `mask` (bool) is true. Shape of `x`, to which `mask` broadcasts.
 *
 * @example
 * maskedScatter(zeros([3]), tensor([true, false, true]), tensor([7, 8, 9])).tolist(); // => [7, 0, 8]
 */
export function maskedScatter(x: Tensor, mask: Tensor, source: Tensor): Tensor {
  checkMask("maskedScatter", mask);
  if (x.dtype !== source.dtype)
    throw new TypeError(`maskedScatter: x and source differ in dtype: ${x.dtype} and ${source.dtype}`);
  const shape = broadcastShapes("maskedScatter", [x.shape, mask.shape], ["x", "mask"]);
  const index = places(expand(mask, shape));
  if (index.size > source.size) {
    throw new RangeError(
      `maskedScatter: source has ${source.size} elements, mask needs ${index.size} ${operandsText({ mask, source })}`,
    );
  }
  const written = indexCopy(flatten(expand(x, shape)), 0, index, slice(flatten(source), { end: index.size }));
  return reshape(written, shape);
}

/**
 * The indices of all true elements, one list for each dimension. Shape `[...]` to rank times `[count]`, int32.
 *
 * @example
 * nonzeroTuple(tensor([[0, 5]])).map((index) => index.tolist()); // => [[0], [1]]
 */
export function nonzeroTuple(x: Tensor): Tensor[] {
  const whole = x.ndim === 0 ? view(x, [1]) : x;
  const found = nonzero(whole);
  return whole.shape.map((_, dim) => select(found, 1, dim));
}

/** Where a mask is true, in row-major order. */
const places = (mask: Tensor): Tensor => select(nonzero(flatten(mask)), 1, 0);

function checkMask(who: string, mask: Tensor): void {
  if (mask.dtype !== "bool")
    throw new TypeError(`${who}: mask must be bool, got ${mask.dtype} (mask ${shapeText(mask.shape)})`);
}
