import { isFloat } from "../dtype.ts";
import { toCopy } from "../ops/copy.ts";
import { mul } from "../ops/elementwise/arithmetic.ts";
import { checkPairs } from "../ops/fourier/fourier.ts";
import { select } from "../ops/view/slice.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray } from "./creation.ts";
import { stack } from "./join.ts";
import { broadcastTensors } from "./rearrange.ts";

/**
 * Complex numbers as pairs: real and imaginary parts in a new last dimension, the form that `fft` and its relatives take
 * and give. Shape `[...]` to `[..., 2]`; without `imaginary` that part is 0. Integers become float32.
 *
 * @example
 * complex(tensor([1, 2]), tensor([3, 4])).tolist(); // => [[1, 3], [2, 4]]
 */
export function complex(real: Tensor, imaginary?: Tensor): Tensor {
  const first = isFloat(real.dtype) ? real : toCopy(real, "float32");
  const [re, im] = broadcastTensors([first, imaginary ?? mul(first.detach(), 0)]) as [Tensor, Tensor];
  return stack([re, im], { dim: -1 });
}

/**
 * The real parts of pairs; a view. Shape `[..., 2]` to `[...]`.
 *
 * @example
 * real(tensor([[1, 3], [2, 4]])).tolist(); // => [1, 2]
 */
export function real(x: Tensor): Tensor {
  checkPairs("real", x);
  return select(x, -1, 0);
}

/**
 * The imaginary parts of pairs; a view. Shape `[..., 2]` to `[...]`.
 *
 * @example
 * imag(tensor([[1, 3], [2, 4]])).tolist(); // => [3, 4]
 */
export function imag(x: Tensor): Tensor {
  checkPairs("imag", x);
  return select(x, -1, 1);
}

/**
 * The complex conjugates of pairs: the sign of the imaginary parts changes. Shape `[..., 2]` to the same.
 *
 * @example
 * conj(tensor([[1, 3]])).tolist(); // => [[1, -3]]
 */
export function conj(x: Tensor): Tensor {
  checkPairs("conj", x);
  return mul(x, fromTypedArray(Float64Array.of(1, -1), [2], x.dtype, x.device));
}
