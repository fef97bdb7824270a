import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Case, isObject } from "../src/case.ts";
import { callOf } from "../src/kinds/function.ts";
import { buildModule } from "../src/kinds/module.ts";
import { groupNames, readGroup } from "../src/run.ts";
import { modules } from "../src/table/index.ts";
import { isStateful } from "../src/table/module-row.ts";

const data = fileURLToPath(new URL("../data", import.meta.url));
const groups = await Promise.all((await groupNames(data)).map((name) => readGroup(data, name)));

const isModuleCase = (each: Case): boolean =>
  modules.has(each.op) && isObject(each["init"]) && isObject(each["state"]) && !("error" in each);

const cases = groups.flatMap(({ cases: all, decoder }) => all.filter(isModuleCase).map((each) => ({ each, decoder })));
const ops = [...new Set(cases.map(({ each }) => each.op))];

test.each(ops)("%s: the keys of stateDict are PyTorch's, in PyTorch's order, and load", (op) => {
  const row = modules.get(op);
  if (row === undefined) throw new Error(`no row ${op}`);
  for (const { each, decoder } of cases.filter((own) => own.each.op === op)) {
    const { module } = buildModule(row, callOf(each, { decoder, factor: 1 })["init"]);
    const expected = Object.keys(each["state"] ?? {});
    const state = isStateful(module) ? module.stateDict() : {};
    expect(Object.keys(state), each.id).toEqual(expected);
    if (isStateful(module)) module.loadStateDict(state);
  }
});

test("most modules have a case with a state", () => {
  expect(ops.length).toBeGreaterThan(80);
});
