import { fileURLToPath } from "node:url";
import { type Shape, Tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { type Case, isObject } from "../src/case.ts";
import { callOf } from "../src/kinds/function.ts";
import { buildModule } from "../src/kinds/module.ts";
import { groupNames, readGroup } from "../src/run.ts";
import { modules } from "../src/table/index.ts";
import { isStateful } from "../src/table/module-row.ts";
import { isRecord, type Value } from "../src/value.ts";

const data = fileURLToPath(new URL("../data", import.meta.url));
const groups = await Promise.all((await groupNames(data)).map((name) => readGroup(data, name)));

const isModuleCase = (each: Case): boolean =>
  modules.has(each.op) && isObject(each["init"]) && isObject(each["state"]) && !("error" in each);

const cases = groups.flatMap(({ cases: all, decoder }) => all.filter(isModuleCase).map((each) => ({ each, decoder })));
const ops = [...new Set(cases.map(({ each }) => each.op))];

/** A loss is no module here: its weights are its own fields, under PyTorch's names. */
const stateOf = (module: object): Record<string, Tensor> =>
  isStateful(module)
    ? module.stateDict()
    : Object.fromEntries(
        Object.entries(module).filter((entry): entry is [string, Tensor] => entry[1] instanceof Tensor),
      );

test.each(ops)("%s: the keys and shapes of stateDict are PyTorch's, in its order, and load", (op) => {
  const row = modules.get(op);
  if (row === undefined) throw new Error(`no row ${op}`);
  for (const { each, decoder } of cases.filter((own) => own.each.op === op)) {
    const { module } = buildModule(row, callOf(each, { decoder, factor: 1 })["init"]);
    const theirs = tensorsOf(decoder.value(each["state"]));
    const ours = stateOf(module);
    expect(shapesOf(ours), each.id).toEqual(shapesOf(theirs));
    if (isStateful(module)) module.loadStateDict(theirs);
  }
});

/** Modules of which no case has a state, with arguments to build them: they have none in PyTorch either. */
const stateless: Readonly<Record<string, readonly Value[]>> = {
  "torch.nn.AdaptiveAvgPool3d": [2],
  "torch.nn.AdaptiveMaxPool3d": [2],
  "torch.nn.AvgPool3d": [2],
  "torch.nn.ChannelShuffle": [2],
  "torch.nn.ConstantPad2d": [1, 0],
  "torch.nn.ConstantPad3d": [1, 0],
  "torch.nn.CrossMapLRN2d": [2],
  "torch.nn.Dropout3d": [],
  "torch.nn.FeatureAlphaDropout": [],
  "torch.nn.Fold": [4, 2],
  "torch.nn.MaxPool3d": [2],
  "torch.nn.MaxUnpool1d": [2],
  "torch.nn.MaxUnpool2d": [2],
  "torch.nn.MaxUnpool3d": [2],
  "torch.nn.NLLLoss2d": [],
  "torch.nn.RReLU": [],
  "torch.nn.ReflectionPad3d": [1],
  "torch.nn.ReplicationPad1d": [1],
  "torch.nn.ReplicationPad2d": [1],
  "torch.nn.ReplicationPad3d": [1],
  "torch.nn.TripletMarginWithDistanceLoss": [],
  "torch.nn.UpsamplingNearest2d": [4],
};

test("the modules without such a case have no state", () => {
  expect([...modules.keys()].filter((name) => !ops.includes(name)).sort()).toEqual(Object.keys(stateless));
  for (const [name, args] of Object.entries(stateless)) {
    const row = modules.get(name);
    expect(row && stateOf(buildModule(row, { args, kwargs: {} }).module), name).toEqual({});
  }
});

const shapesOf = (state: Readonly<Record<string, Tensor>>): [string, Shape][] =>
  Object.entries(state).map(([key, value]) => [key, value.shape]);

function tensorsOf(value: Value): Record<string, Tensor> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, Tensor] => entry[1] instanceof Tensor));
}
