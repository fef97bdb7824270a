import { customGradient } from "@dl/autograd";
import { clampMin, type Tensor } from "@dl/tensor";

const raised = customGradient<number>({
  name: "atLeast",
  forward: ([x], floor) => clampMin(x as Tensor, floor),
  backward: (g) => [g],
});

/** `max(x, floor)` whose gradient does not know of the floor: where PyTorch clamps outside the recorded history. */
export const atLeast = (x: Tensor, floor: number): Tensor => raised([x], floor);
