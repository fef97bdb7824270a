import { shapeText } from "../errors.ts";
import { indexSelect } from "../ops/index/index-select.ts";
import { expand } from "../ops/view/expand.ts";
import { transpose } from "../ops/view/permute.ts";
import { flatten, view } from "../ops/view/reshape.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray, zeros } from "./creation.ts";
import { stack } from "./join.ts";

export interface MeshgridOptions {
  /** "ij": the first tensor runs down the rows; "xy": along the columns. Default "ij". */
  indexing?: "ij" | "xy";
}

/**
 * The coordinates of a grid: each tensor repeated along the dimensions of the others; views. `[m]` and `[n]` to `[m, n]`
 * each, `[n, m]` with "xy".
 *
 * @example
 * meshgrid([tensor([1, 2]), tensor([3, 4])])[0].tolist(); // => [[1, 1], [2, 2]]
 */
export function meshgrid(tensors: readonly Tensor[], { indexing = "ij" }: MeshgridOptions = {}): Tensor[] {
  if (indexing !== "ij" && indexing !== "xy")
    throw new RangeError(`meshgrid: indexing must be ij or xy: got ${String(indexing)}`);
  const tall = tensors.find(({ ndim }) => ndim > 1);
  if (tall !== undefined) throw new RangeError(`meshgrid: needs 0-d or 1-d tensors (x ${shapeText(tall.shape)})`);
  const first = tensors[0];
  const odd = tensors.find(({ dtype }) => dtype !== first?.dtype);
  if (odd !== undefined) throw new TypeError(`meshgrid: all dtypes must be equal: ${first?.dtype} and ${odd.dtype}`);
  const shape = tensors.map(({ size }) => size);
  const grids = tensors.map((x, dim) =>
    expand(
      view(
        x,
        shape.map((length, at) => (at === dim ? length : 1)),
      ),
      shape,
    ),
  );
  return indexing === "xy" && tensors.length > 1 ? grids.map((grid) => transpose(grid, 0, 1)) : grids;
}

/**
 * All ways to take one element of each tensor. Shapes `[m]` and `[n]` to `[m·n, 2]`; one tensor is returned as it is.
 *
 * @example
 * cartesianProd([tensor([1, 2]), tensor([3, 4])]).tolist(); // => [[1, 3], [1, 4], [2, 3], [2, 4]]
 */
export function cartesianProd(tensors: readonly Tensor[]): Tensor {
  const wrong = tensors.find(({ ndim }) => ndim !== 1);
  if (wrong !== undefined) throw new RangeError(`cartesianProd: needs 1-d tensors (x ${shapeText(wrong.shape)})`);
  if (tensors.length === 1) return tensors[0] as Tensor;
  return stack(
    meshgrid(tensors).map((grid) => flatten(grid)),
    { dim: 1 },
  );
}

export interface CombinationsOptions {
  /** How many elements to take; default 2. */
  r?: number;
  /** May an element be taken more than once? Default false. */
  withReplacement?: boolean;
}

/**
 * All ways to take `r` elements, in order. Shape `[n]` to `[count, r]`.
 *
 * @example
 * combinations(tensor([1, 2, 3])).tolist(); // => [[1, 2], [1, 3], [2, 3]]
 */
export function combinations(x: Tensor, { r = 2, withReplacement = false }: CombinationsOptions = {}): Tensor {
  if (x.ndim !== 1) throw new RangeError(`combinations: needs a 1-d tensor (x ${shapeText(x.shape)})`);
  if (!Number.isInteger(r) || r < 0) throw new RangeError(`combinations: r must be a whole number from 0 on: got ${r}`);
  if (r === 0) return zeros([0], { dtype: x.dtype, device: x.device });
  const picks: number[] = [];
  const choose = (chosen: readonly number[], from: number): void => {
    if (chosen.length === r) picks.push(...chosen);
    else for (let i = from; i < x.size; i++) choose([...chosen, i], withReplacement ? i : i + 1);
  };
  choose([], 0);
  const index = fromTypedArray(Int32Array.from(picks), [picks.length], "int32", x.device);
  return view(indexSelect(x, 0, index), [picks.length / r, r]);
}
