import { shapeText, type Tensor } from "@dl/tensor";
import { start, walk } from "./backward.ts";
import { Trace } from "./trace.ts";

export interface GradOptions {
  /** One per output, undefined for 1. */
  gradOutputs?: readonly (Tensor | undefined)[];
  /** Record the gradients too, for higher derivatives. */
  createGraph?: boolean;
  /** Keep what the graph saved; default the value of `createGraph`. */
  retainGraph?: boolean;
  /** Give undefined for an input that the outputs do not depend on, instead of throwing. */
  allowUnused?: boolean;
}

/**
 * The gradients of the sum of `outputs` with respect to `inputs`, without touching any `grad`.
 *
 * @example
 * const x = requiresGrad_(tensor(2));
 * const [first] = grad([x.mul(x).mul(x)], [x], { createGraph: true });
 * const [second] = grad([first], [x]);
 * [first.item(), second.item()]; // => [12, 12]
 */
export function grad(
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  options: GradOptions & { allowUnused: true },
): (Tensor | undefined)[];
export function grad(outputs: readonly Tensor[], inputs: readonly Tensor[], options?: GradOptions): Tensor[];
export function grad(
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  { gradOutputs = [], createGraph = false, retainGraph = createGraph, allowUnused = false }: GradOptions = {},
): (Tensor | undefined)[] {
  const traces = inputs.map((input, i) => traceOf(`input ${i}`, input));
  const starts = outputs.map((output, i) => start("grad", traceOf(`output ${i}`, output), output, gradOutputs[i]));
  const found = walk(starts, { createGraph, retainGraph, targets: new Set(traces) });
  return traces.map((trace, i) => {
    const gradient = found.get(trace);
    if (gradient === undefined && !allowUnused)
      throw new Error(`grad: the outputs do not depend on input ${i}: pass allowUnused: true to get undefined for it`);
    return gradient;
  });
}

function traceOf(what: string, x: Tensor): Trace {
  x.base?.tracer?.refresh(x);
  if (x.tracer instanceof Trace) return x.tracer;
  throw new Error(
    `grad: ${what} does not require a gradient: mark a leaf with requiresGrad_ (${what} ${shapeText(x.shape)})`,
  );
}
