import { manualSeed, zeros } from "@dl/tensor";
import { bind } from "../args.ts";
import { type Case, isObject, listAt, objectAt } from "../case.ts";
import { compareOne, Mismatch } from "../compare.ts";
import { type Context, tolerance } from "../context.ts";
import { isStateful } from "../table/module-row.ts";
import { listOf, recordOf, rowOf } from "./function.ts";
import { buildModule, moduleRowOf } from "./module.ts";
import { checkBounds, checkTensor, statisticsOf } from "./statistics.ts";

/** A function of `torch.nn.init` over a tensor of zeros. */
export async function runInit(test: Case, context: Context): Promise<void> {
  const { decoder } = context;
  const { signature, call } = rowOf(test.op);
  manualSeed(1);
  const target = zeros(listAt(test, "shape").map(Number));
  call(
    bind(
      signature,
      [target, ...listOf(decoder.value(listAt(test, "args")))],
      recordOf(decoder.value(objectAt(test, "kwargs"))),
    ),
  );
  if (!("outputs" in test)) return checkTensor("values", target, statisticsOf(test));
  await compareOne("values", target, decoder.expected(listAt(test, "outputs")[0]), tolerance(test, context));
}

/** How a module's parameters begin. */
export async function runDefaultInit(test: Case, context: Context): Promise<void> {
  const { decoder } = context;
  manualSeed(1);
  const { module } = buildModule(
    moduleRowOf(test.op.replace(":default-init", "")),
    decoder.value(objectAt(test, "init")),
  );
  const state = isStateful(module) ? module.stateDict() : {};
  for (const [name, expected] of Object.entries(objectAt(test, "state"))) {
    await compareOne(name, state[name], decoder.expected(expected), { rtol: 0, atol: 0 });
  }
  for (const [name, expected] of Object.entries(objectAt(test, "parameters"))) {
    const parameter = state[name];
    if (parameter === undefined || !isObject(expected)) throw new Mismatch(`no parameter ${name}`);
    if (parameter.shape.join() !== listAt(expected, "shape").join())
      throw new Mismatch(`${name}: shape ${parameter.shape.join()}`);
    // too few values for a mean and a deviation
    if (parameter.size < 50) checkBounds(name, Array.from(await parameter.read()), statisticsOf(expected));
    else await checkTensor(name, parameter, statisticsOf(expected));
  }
}
