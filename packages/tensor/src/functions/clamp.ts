import { betweenBounds, clampMax, clampMin } from "../ops/elementwise/extremes.ts";
import type { Tensor } from "../tensor.ts";

export interface ClampOptions {
  /** A number, or a tensor that broadcasts with `x`. */
  min?: Tensor | number | undefined;
  /** A number, or a tensor that broadcasts with `x`. It wins where it is below `min`. */
  max?: Tensor | number | undefined;
}

/**
 * `min(max(x, min), max)`. Shapes broadcast; gradient 1 on the bounds. Throws without any bound.
 *
 * @example
 * clamp(tensor([-3, 0.5, 3]), { min: -1, max: 1 }); // => [-1, 0.5, 1]
 */
export function clamp(x: Tensor, { min, max }: ClampOptions): Tensor {
  if (min !== undefined && max !== undefined) return betweenBounds(x, min, max);
  if (min !== undefined) return clampMin(x, min);
  if (max !== undefined) return clampMax(x, max);
  throw new TypeError("clamp: needs min, max or both");
}
