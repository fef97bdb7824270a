import { expect, test } from "vitest";
import { compareElements } from "../src/compare.ts";
import { Largest } from "../src/largest.ts";

test("keeps the largest difference of each op, and that as a share of the tolerance", () => {
  const largest = new Largest();
  const note = largest.noteFor("torch.sin", "forward");
  compareElements("output 0", [1.5, 10.25], [1, 10], { rtol: 0.1, atol: 0.9, note });
  compareElements("output 0", [Number.NaN, 2], [Number.NaN, 2], {
    rtol: 0,
    atol: 0,
    note: largest.noteFor("torch.cos", "backward"),
  });
  expect(largest.byOp()).toEqual({
    "torch.cos": { backward: { absolute: 0, share: 0 } },
    "torch.sin": { forward: { absolute: 0.5, share: 0.5 } },
  });
});
