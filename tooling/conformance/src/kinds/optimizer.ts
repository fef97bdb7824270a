import { requiresGrad_ } from "@dl/autograd";
import { matmul, mul, select, sub, sum, type Tensor, tensor } from "@dl/tensor";
import { type Args, bind } from "../args.ts";
import { type Case, isList, type Json, type JsonObject, listAt, numberAt, objectAt, objectsAt } from "../case.ts";
import { compareOne, type Tolerance } from "../compare.ts";
import { type Context, NotCovered, tolerance } from "../context.ts";
import type { Decoder } from "../decode.ts";
import { optimizers } from "../table/index.ts";
import type { AnyOptimizer, OptimizerRow } from "../table/optimizer-row.ts";
import { recordOf } from "./function.ts";

/** A trajectory: parameters after every step with given gradients, or on a quadratic problem. */
export async function runOptimizer(test: Case, context: Context): Promise<void> {
  const { decoder } = context;
  const within = tolerance(test, context);
  const params = listAt(test, "params").map((json) => requiresGrad_(decoder.tensor(json)));
  const build = (): AnyOptimizer => buildOptimizer(test, params, decoder);
  if ("problem" in test) return followProblem(test, params, build(), decoder, within);
  let optimizer = build();
  const gradients = listAt(test, "grads_by_step").map((json) => decoder.tensor(json));
  const present = listAt(test, "grad_present");
  const found: Tensor[][] = params.map(() => []);
  for (let step = 0; step < numberAt(test, "steps"); step++) {
    params.forEach((p, i) => {
      const row = present[i];
      p.grad = isList(row) && row[step] === false ? undefined : select(gradients[i] as Tensor, 0, step);
    });
    optimizer.step();
    for (const [i, p] of params.entries()) found[i]?.push(copyOf(p));
    if (step + 1 === numberAt(test, "reload_after_step", -1)) {
      const saved = optimizer.stateDict();
      optimizer = build();
      optimizer.loadStateDict(saved);
    }
  }
  await compareTrajectories(found, test, decoder, within);
}

/** The row of an optimizer. */
export function optimizerRowOf(op: string): OptimizerRow {
  const row = optimizers.get(op);
  if (row === undefined) throw new NotCovered(op);
  return row;
}

/** The optimizer of a case over its parameters, or over its groups of them. */
function buildOptimizer(test: Case, params: readonly Tensor[], decoder: Decoder): AnyOptimizer {
  const { signature, build } = optimizerRowOf(test.op);
  const options = (from: JsonObject, key: string): Args =>
    bind(signature, [], recordOf(decoder.value(objectAt(from, key))));
  const groups = objectsAt(test, "param_groups").map((group) => ({
    options: options(group, "options"),
    params: listAt(group, "params").map((index) => params[Number(index)] as Tensor),
  }));
  return build(groups.length > 0 ? groups : params, options(test, "kwargs"));
}

/** `f(x) = 0.5 xᵀ A x - bᵀ x`, with the closure that evaluates it. */
async function followProblem(
  test: Case,
  params: readonly Tensor[],
  optimizer: AnyOptimizer,
  decoder: Decoder,
  within: Tolerance,
): Promise<void> {
  const a = decoder.tensor(test["A"]);
  const b = decoder.tensor(test["b"]);
  const x = params[0] as Tensor;
  const found: Tensor[] = [];
  const losses: number[] = [];
  for (let step = 0; step < numberAt(test, "steps"); step++) {
    const loss = optimizer.step(() => {
      optimizer.zeroGrad();
      const value = sub(mul(sum(mul(x, matmul(a, x))), 0.5), sum(mul(b, x)));
      value.backward();
      return value;
    });
    losses.push(await loss.itemAsync());
    found.push(copyOf(x));
  }
  await compareTrajectories([found], test, decoder, within);
  await compareOne("loss_by_step", tensor(losses), decoder.expected(test["loss_by_step"]), within);
}

async function compareTrajectories(
  found: readonly (readonly Tensor[])[],
  test: Case,
  decoder: Decoder,
  within: Tolerance,
): Promise<void> {
  const expected: readonly Json[] = listAt(test, "params_by_step");
  for (const [i, json] of expected.entries()) {
    const steps = found[i] ?? [];
    const values = await Promise.all(steps.map(async (each) => Array.from(await each.read())));
    await compareOne(
      `parameter ${i}`,
      tensor(Float32Array.from(values.flat()), { shape: [steps.length, ...(steps[0]?.shape ?? [])] }),
      decoder.expected(json),
      within,
    );
  }
}

const copyOf = (p: Tensor): Tensor => mul(p.detach(), 1);
