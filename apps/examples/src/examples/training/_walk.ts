import { requiresGrad_ } from "@dl/autograd";
import type { Optimizer } from "@dl/optim";
import { scope, type Tensor, tensor } from "@dl/tensor";

export type Point = readonly [x: number, y: number];

/** The points after each of some steps from `start` down `height`, in float64, which GPUs lack. */
export async function walk(
  height: (p: Tensor) => Tensor,
  start: Point,
  steps: number,
  make: (params: Tensor[]) => Optimizer,
): Promise<Point[]> {
  const p = requiresGrad_(tensor([...start], { dtype: "float64" }));
  const optimizer = make([p]);
  const points: Point[] = [];
  for (let step = 0; step < steps; step++) {
    optimizer.zeroGrad();
    scope(() => {
      height(p).backward();
      optimizer.step();
    });
    const [x, y] = await p.detach().read();
    points.push([Number(x), Number(y)]);
  }
  return points;
}
