import type { Storage, Tensor } from "@dl/tensor";
import { Trace } from "./trace.ts";

/**
 * The tensors of the forward pass that the history of `roots` keeps for `backward`; of those that share memory one.
 *
 * @example
 * const x = requiresGrad_(tensor([1, 2]));
 * const [y] = savedTensors([x.exp()]);
 * y.tolist(); // => [2.7182817, 7.389056]
 */
export function savedTensors(roots: Iterable<Tensor>): Tensor[] {
  const found = new Map<Storage, Tensor>();
  const traces = new Set<Trace>();
  const reach = (tracer: unknown): void => {
    if (tracer instanceof Trace) traces.add(tracer);
  };
  for (const { tracer } of roots) reach(tracer);
  for (const { origin } of traces) {
    for (const tensor of Object.values(origin?.kept?.tensors ?? {}))
      if (!found.has(tensor.storage)) found.set(tensor.storage, tensor);
    origin?.sources.forEach(reach);
  }
  return [...found.values()];
}
