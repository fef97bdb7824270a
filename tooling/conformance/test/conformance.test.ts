import { fileURLToPath } from "node:url";
import { useDevice } from "@dl/tensor";
import { beforeAll, describe, expect, test } from "vitest";
import { groupNames, readGroup } from "../src/groups.ts";
import { notCoveredCount, runGroup } from "../src/run.ts";
import { complete } from "./complete.ts";

const data = fileURLToPath(new URL("../data", import.meta.url));
const names = await groupNames(data);

test("groups declared complete exist", () => {
  expect(complete.filter((name) => !names.includes(name))).toEqual([]);
});

describe.each(["cpu", "wasm"] as const)("%s", (device) => {
  beforeAll(() => useDevice(device));

  test.each(complete)("%s: every case passes", async (name) => {
    const { failures, notCovered } = await runGroup(await readGroup(data, name));
    expect({ failures, notCovered: [...notCovered.keys()] }).toEqual({ failures: [], notCovered: [] });
  });

  test.each(names.filter((name) => !complete.includes(name)))("%s: every case is accounted for", async (name) => {
    const group = await readGroup(data, name);
    const outcome = await runGroup(group);
    expect(outcome.passed + outcome.failures.length + notCoveredCount(outcome)).toBe(group.cases.length);
  });
});
