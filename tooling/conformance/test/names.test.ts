import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { useDevice } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { readGroup } from "../src/groups.ts";
import { knownNames, namesPage } from "../src/pages/names.ts";
import { runGroup } from "../src/run.ts";
import { leftOut, matches, patternsOf, reasonFor } from "../src/table/left-out.ts";

const names = readFileSync(new URL("../names/pytorch-names.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");
const known = new Set(knownNames());

describe("PyTorch's names", () => {
  test("every one is in the table or left out with a reason", () => {
    expect(names.filter((name) => !known.has(name) && reasonFor(name) === undefined)).toEqual([]);
  });

  test("none is in the table and left out", () => {
    expect(names.filter((name) => known.has(name) && reasonFor(name) !== undefined)).toEqual([]);
  });

  test("whatever is left out is a name of PyTorch's, listed once", () => {
    const patterns = leftOut.flatMap((each) => patternsOf(each.names));
    expect(patterns.filter((pattern) => !names.some((name) => matches(pattern, name)))).toEqual([]);
    expect(names.filter((name) => patterns.filter((pattern) => matches(pattern, name)).length > 1)).toEqual([]);
  });

  test.each(["cpu", "wasm"] as const)("those without public cases compute PyTorch's numbers on %s", async (device) => {
    useDevice(device);
    const group = await readGroup(fileURLToPath(new URL("../names", import.meta.url)), "names");
    const { failures, notCovered } = await runGroup(group);
    expect({ failures, notCovered: [...notCovered.keys()] }).toEqual({ failures: [], notCovered: [] });
  });

  test("every row of the table is on the page", async () => {
    const page = await namesPage();
    expect([...known].filter((name) => !page.includes(`    ["${name}", "`))).toEqual([]);
  });

  test.each([
    ["torch.nn.functional.elu", "elu", "@dl/tensor"],
    ["torch.nn.functional.cross_entropy", "crossEntropy", "@dl/losses"],
    ["torch.nn.init.kaiming_normal", "kaimingNormal_", "@dl/layers/init"],
    ["torch.nn.LSTM", "LSTM", "@dl/layers"],
    ["torch.optim.lr_scheduler.StepLR", "StepLR", "@dl/optim"],
    ["torch.float_power", "pow, to", "@dl/tensor"],
    ["Tensor.absolute", "x.abs(), abs", "@dl/tensor"],
    ["Tensor.ndimension", "x.ndim", ""],
    ["torch.is_grad_enabled", "isGradEnabled", "@dl/autograd"],
  ])("%s is %s of %s", async (...cells) => {
    expect(await namesPage()).toContain(`    [${cells.map((cell) => JSON.stringify(cell)).join(", ")}],\n`);
  });
});
