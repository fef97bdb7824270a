import { fileURLToPath } from "node:url";
import { type Shape, Tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { type Case, isObject } from "../src/case.ts";
import { groupNames, readGroup } from "../src/groups.ts";
import { callOf } from "../src/kinds/function.ts";
import { buildModule } from "../src/kinds/module.ts";
import { modules } from "../src/table/index.ts";
import { isStateful } from "../src/table/module-row.ts";
import { isRecord, type Value } from "../src/value.ts";

const folderOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const data = folderOf("data");
const groups = await Promise.all([
  ...(await groupNames(data)).map((name) => readGroup(data, name)),
  readGroup(folderOf("names"), "names"),
]);

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

test("every module of the table has such a case", () => {
  expect([...modules.keys()].filter((name) => !ops.includes(name))).toEqual([]);
});

const shapesOf = (state: Readonly<Record<string, Tensor>>): [string, Shape][] =>
  Object.entries(state).map(([key, value]) => [key, value.shape]);

function tensorsOf(value: Value): Record<string, Tensor> {
  const entries = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, Tensor] => entry[1] instanceof Tensor));
}
