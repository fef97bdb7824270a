import { operandsText } from "../errors.ts";
import { mul, sub } from "../ops/elementwise/arithmetic.ts";
import { expand } from "../ops/view/expand.ts";
import { broadcastShapes, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { roll } from "./rearrange.ts";

export interface CrossOptions {
  /** Where the three components are. Default the first dimension of length 3. */
  dim?: number;
}

/**
 * The vector product `x × y`. Shape `[..., 3, ...]` for both to the same; shapes broadcast.
 *
 * @example
 * cross(tensor([1, 0, 0]), tensor([0, 1, 0])); // => [0, 0, 1]
 */
export function cross(x: Tensor, y: Tensor, { dim }: CrossOptions = {}): Tensor {
  if (x.ndim !== y.ndim) throw new RangeError(`cross: needs as many dimensions in both ${operandsText({ x, y })}`);
  const shape = broadcastShapes("cross", [x.shape, y.shape]);
  const at = dim === undefined ? x.shape.indexOf(3) : normalizeDim("cross", dim, x.ndim);
  if (at < 0 || x.shape[at] !== 3 || y.shape[at] !== 3) {
    throw new RangeError(
      `cross: needs three components along ${dim === undefined ? "some dimension" : `dim ${dim}`} ${operandsText({ x, y })}`,
    );
  }
  const turned = (v: Tensor, by: number): Tensor => roll(expand(v, shape), -by, { dims: at });
  return sub(mul(turned(x, 1), turned(y, 2)), mul(turned(x, 2), turned(y, 1)));
}
