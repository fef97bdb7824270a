import { useDevice } from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { beforeAll, describe, expect, test } from "vitest";
import { inputsOf } from "../../tensor/test/cases/case.ts";
import { cases } from "../../tensor/test/cases/index.ts";
import { rules } from "../src/table.ts";
import { gradcheck } from "../src/testing.ts";

beforeAll(() => useDevice("cpu"));

test("no rule is stale", () => {
  expect(Object.keys(rules).sort()).toEqual(Object.keys(primitives).sort());
});

const differentiable = Object.entries(cases).filter(([name]) => rules[name as keyof typeof rules].kind !== "none");

describe.each(differentiable)("%s: gradients equal numerical ones", (_, list) => {
  test.each(list.map((each, index) => ({ ...each, index })))("case $index", (each) => {
    gradcheck(each.call, inputsOf(each, "float64"), { second: each.firstOrderOnly === undefined });
  });
});
