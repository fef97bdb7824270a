import { noGrad } from "@dl/autograd";
import { Tensor } from "@dl/tensor";
import { bind } from "../args.ts";
import { type Case, listAt, numberAt, objectAt } from "../case.ts";
import { compareAll, compareGradient, compareOne, Mismatch } from "../compare.ts";
import { type Context, gradTolerance, NotCovered, tolerance } from "../context.ts";
import { compareGradients, markLeaves, runBackward } from "../gradients.ts";
import { modules } from "../table/index.ts";
import { type BuiltModule, isStateful, type ModuleRow } from "../table/module-row.ts";
import type { Result } from "../table/row.ts";
import type { Value } from "../value.ts";
import { callOf, listOf, recordOf } from "./function.ts";

/** A module with a given state: its results, the gradients of inputs and parameters, and its state afterwards. */
export async function runModule(test: Case, context: Context): Promise<void> {
  const row = moduleRowOf(test.op);
  const inputs = callOf(test, context);
  const built = buildModule(row, inputs["init"]);
  prepare(built.module, context.decoder.value(objectAt(test, "state")), test["train"] === true);
  const leaves = markLeaves(test, inputs);
  const call = (): Result => built.call(bind(row.forward, listOf(inputs["args"]), recordOf(inputs["kwargs"])));
  for (let earlier = numberAt(test, "calls", 1) - 1; earlier > 0; earlier--) noGrad(call);
  const result = call();
  const { decoder } = context;
  await compareAll(
    result,
    listAt(test, "outputs").map((each) => decoder.expected(each)),
    tolerance(test, context),
  );
  runBackward(test, result, context);
  await compareGradients(test, leaves, context);
  await compareParameters(test, built.module, context);
  await compareState(test, built.module, context);
}

/** The row of a module. */
export function moduleRowOf(op: string): ModuleRow {
  const row = modules.get(op);
  if (row === undefined) throw new NotCovered(op);
  return row;
}

/** A module from the arguments of its constructor. */
export function buildModule({ signature, build }: ModuleRow, init: Value): BuiltModule {
  const { args, kwargs } = recordOf(init);
  return build(bind(signature, listOf(args), recordOf(kwargs)));
}

/** Loads the state and sets the mode. A loss has neither. */
function prepare(module: object, state: Value, train: boolean): void {
  const entries = Object.entries(recordOf(state)).filter(
    (entry): entry is [string, Tensor] => entry[1] instanceof Tensor,
  );
  if (isStateful(module)) {
    module.loadStateDict(Object.fromEntries(entries));
    module.train(train);
  } else if (entries.length > 0 && !entries.every(([key]) => Object.hasOwn(module, key))) {
    throw new Mismatch(`a module without state, expected ${entries.map(([key]) => key).join(", ")}`);
  }
}

async function compareParameters(test: Case, module: object, context: Context): Promise<void> {
  const expected = Object.entries(objectAt(test, "param_grads"));
  if (expected.length === 0) return;
  const parameters = new Map(isStateful(module) ? module.namedParameters() : []);
  for (const [name, gradient] of expected) {
    const parameter = parameters.get(name);
    if (parameter === undefined) throw new Mismatch(`no parameter ${name} (${[...parameters.keys()].join(", ")})`);
    const what = `gradient of ${name}`;
    await compareGradient(what, parameter.grad, context.decoder.expected(gradient), gradTolerance(test, context));
  }
}

async function compareState(test: Case, module: object, context: Context): Promise<void> {
  const state = isStateful(module) ? module.stateDict() : tensorsOf(module);
  for (const [name, expected] of Object.entries(objectAt(test, "state_after"))) {
    await compareOne(`${name} afterwards`, state[name], context.decoder.expected(expected), tolerance(test, context));
  }
}

/** The tensors in a loss's own fields, such as its weights. */
const tensorsOf = (loss: object): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(loss).filter((entry): entry is [string, Tensor] => entry[1] instanceof Tensor));
