import { crossEntropy } from "@dl/losses";
import type { Optimizer } from "@dl/optim";
import type { Tensor } from "@dl/tensor";
import type { Trainee } from "./models.ts";

/** One step of training on random numbers. Returns the loss. */
export function step({ model, batch }: Trainee, optimizer: Optimizer): Tensor {
  const { x, target } = batch();
  optimizer.zeroGrad();
  const loss = crossEntropy(model.forward(x) as Tensor, target);
  loss.backward();
  optimizer.step();
  return loss;
}
