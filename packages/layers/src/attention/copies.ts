import { requiresGrad_ } from "@dl/autograd";
import { defaultGenerator, type Generator } from "@dl/tensor";
import type { AnyModule } from "../module.ts";

interface Copied<M> {
  copy(): M;
}

/** `count` copies of a layer, which share nothing. */
export const copies = <M extends Copied<M>>(layer: M, count: number): M[] =>
  Array.from({ length: count }, () => layer.copy());

/**
 * What `make` makes, with the values, dtype, device and mode of `layer`; what is frozen stays so. No random numbers are
 * used up.
 */
export function copyOf<M extends AnyModule>(layer: M, generator: Generator | undefined, make: () => M): M {
  const drawn = generator ?? defaultGenerator();
  const before = drawn.getState();
  const made = make();
  drawn.setState(before);
  const [first] = layer.parameters();
  if (first !== undefined) made.to({ dtype: first.dtype, device: first.device });
  made.loadStateDict(layer.stateDict());
  const learnt = layer.parameters().map(({ requiresGrad }) => requiresGrad);
  for (const [i, parameter] of made.parameters().entries()) requiresGrad_(parameter, learnt[i] === true);
  return made.train(layer.training);
}
