import { requiresGrad_ } from "@dl/autograd";
import { type Tensor, tensor } from "@dl/tensor";

/** The derivative of `f` at each of `points`. */
export function slope(f: (x: Tensor) => Tensor, points: Tensor): Tensor {
  const x = requiresGrad_(points.clone());
  f(x).sum().backward();
  return x.grad ?? tensor([]);
}
