import { requiresGrad_ } from "@dl/autograd";
import { add, mul, sum, Tensor } from "@dl/tensor";
import { type Case, type Json, type JsonObject, listAt, objectsAt } from "./case.ts";
import { compareGradient, flatten } from "./compare.ts";
import { type Context, gradTolerance } from "./context.ts";
import type { Result } from "./table/row.ts";
import { type Value, valueAt } from "./value.ts";

/** An input whose gradient is compared. */
export interface Leaf {
  readonly what: string;
  readonly tensor: Tensor;
  readonly expected: Json;
}

/** Marks the inputs that a case lists under `grads`. */
export function markLeaves(test: Case, inputs: Value): Leaf[] {
  return objectsAt(test, "grads").map((entry) => {
    const path = pathOf(entry);
    const tensor = valueAt(inputs, path);
    if (!(tensor instanceof Tensor)) throw new TypeError(`case: no tensor at ${path.join(".")}`);
    return { what: `gradient of ${path.join(".")}`, tensor: requiresGrad_(tensor), expected: entry["grad"] ?? null };
  });
}

/** Compares what arrived at the leaves. */
export async function compareGradients(test: Case, leaves: readonly Leaf[], context: Context): Promise<void> {
  for (const { what, tensor, expected } of leaves) {
    await compareGradient(what, tensor.grad, context.decoder.expected(expected), gradTolerance(test, context));
  }
}

/** Runs backward from all results with an upstream gradient at once: fills the `grad` of the leaves. */
export function runBackward(test: Case, result: Result, { decoder }: Context): void {
  const upstream = listAt(test, "grad_outputs");
  const starts = flatten(result).flatMap((output, i) => {
    const gradient = upstream[i] ?? null;
    if (gradient === null || !(output instanceof Tensor) || !output.requiresGrad) return [];
    return [{ output, gradient: decoder.tensor(gradient) }];
  });
  const [first, ...others] = starts;
  if (first === undefined) return;
  if (others.length === 0) first.output.backward({ gradient: first.gradient });
  else
    starts
      .map(({ output, gradient }) => sum(mul(output, gradient)))
      .reduce((total, each) => add(total, each))
      .backward();
}

const pathOf = (entry: JsonObject): (string | number)[] =>
  listAt(entry, "path").filter((key) => typeof key === "string" || typeof key === "number");
