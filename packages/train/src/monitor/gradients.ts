import type { AnyModule } from "@dl/layers";
import { norm, scope } from "@dl/tensor";
import type { Callback } from "../callback.ts";
import { checkCount } from "../count.ts";
import type { Run } from "../run.ts";

/** The length of each parameter's gradient, by the parameter's dotted name. */
export type GradientNorms = Readonly<Record<string, number>>;

/**
 * The Euclidean norm of the gradient of every parameter that has one, in the model's order.
 *
 * @example
 * const model = new Linear(2, 1);
 * model.forward(tensor([[3, 4]])).sum().backward();
 * await gradientNorms(model); // => { weight: 5, bias: 1 }
 */
export async function gradientNorms(model: AnyModule): Promise<GradientNorms> {
  const norms = scope(() =>
    model.namedParameters().flatMap(([name, { grad }]) => (grad === undefined ? [] : [[name, norm(grad)] as const])),
  );
  return Object.fromEntries(
    await Promise.all(norms.map(async ([name, each]) => [name, await each.itemAsync()] as const)),
  );
}

export interface GradientMonitorOptions {
  /** Steps between two records. Default 1. */
  every?: number;
}

/** A callback that collects {@link gradientNorms}. */
export interface GradientMonitor extends Callback {
  readonly records: readonly { readonly step: number; readonly norms: GradientNorms }[];
  afterBackward(run: Run): Promise<void>;
}

/**
 * Records the norm of every parameter's gradient while a model learns: norms that shrink towards the input vanish, norms
 * that grow without end explode.
 *
 * Errors: an `every` that is no whole number from 1 on.
 *
 * @example
 * const model = new Linear(1, 1);
 * const monitor = gradientMonitor();
 * await fit(model, [tensor([[2]])], {
 *   loss: (model, x) => model.forward(x).sum(),
 *   optimizer: new SGD(model.parameters(), { lr: 0.1 }),
 *   callbacks: [monitor],
 * });
 * monitor.records; // => [{ step: 0, norms: { weight: 2, bias: 1 } }]
 */
export function gradientMonitor({ every = 1 }: GradientMonitorOptions = {}): GradientMonitor {
  checkCount("gradientMonitor", "every", every);
  const records: { step: number; norms: GradientNorms }[] = [];
  return {
    records,
    async afterBackward({ model, step }) {
      if (step % every === 0) records.push({ step, norms: await gradientNorms(model) });
    },
  };
}
