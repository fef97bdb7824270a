import type { Op, Tensor, Tracer } from "@dl/tensor";
import { biasedMatmul, convolution, convolutionInputGradient, matmulBatch } from "@dl/tensor/primitives";

/** Counts while a model runs. */
export interface Meter {
  /** Multiplications whose products are added up. */
  multiplyAdds: number;
}

/**
 * What measured tensors carry in the place of a tape: through how many layers with parameters the longest path to them
 * leads.
 */
export class Depth implements Tracer {
  readonly requiresGrad = false;
  readonly isLeaf = true;
  readonly gradFn = undefined;
  grad: Tensor | undefined;
  readonly meter: Meter;
  readonly layers: number;

  constructor(meter: Meter, layers: number) {
    this.meter = meter;
    this.layers = layers;
  }

  record<A>(op: Op<A>, inputs: readonly Tensor[], _: A, output: Tensor): Depth {
    this.meter.multiplyAdds += costOf(op)?.(inputs, output) ?? 0;
    return new Depth(this.meter, Math.max(...inputs.map(depthOf)));
  }

  lendGrad(): undefined {}
  clearGrad(): void {}
  beforeWrite(): void {}

  afterWrite(target: Tensor, value: Tensor): void {
    target.tracer = new Depth(this.meter, Math.max(depthOf(target), depthOf(value)));
  }

  refresh(): void {}

  backward(): void {
    throw new Error("summary: a model that runs backward in forward cannot be measured");
  }
}

/** Layers with parameters on the longest path to `x`. */
export const depthOf = (x: Tensor): number => (x.tracer instanceof Depth ? x.tracer.layers : 0);

type Cost = (inputs: readonly Tensor[], output: Tensor) => number;

const last = (x: Tensor | undefined): number => x?.shape.at(-1) ?? 0;

/** Multiplications for each element of one operand: those of one output channel of the weight. */
const perChannel = (weight: Tensor | undefined): number =>
  weight === undefined || weight.size === 0 ? 0 : weight.size / (weight.shape[0] as number);

/** Made when it is asked for first, so that a program without a summary leaves it out. */
let costs: ReadonlyMap<object, Cost> | undefined;

function costOf(op: object): Cost | undefined {
  costs ??= new Map<object, Cost>([
    [matmulBatch.op, ([x], output) => output.size * last(x)],
    [biasedMatmul.op, ([, x], output) => output.size * last(x)],
    [convolution.op, ([, weight], output) => output.size * perChannel(weight)],
    [convolutionInputGradient.op, ([g, weight]) => (g?.size ?? 0) * perChannel(weight)],
  ]);
  return costs.get(op);
}
