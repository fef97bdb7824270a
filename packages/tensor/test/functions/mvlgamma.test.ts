import { broadcastShapes, mvlgamma, tensor } from "@dl/tensor";
import { expect, test } from "vitest";

test("mvlgamma has PyTorch's values", () => {
  const x = tensor([2.5, 4], { dtype: "float64" });
  const [first, second] = mvlgamma(x, 3).toArray();
  expect(first).toBeCloseTo(1.881, 3);
  expect(second).toBeCloseTo(5.403, 3);
});

test("mvlgamma of dimension 1 is lgamma", () => {
  expect(mvlgamma(tensor([1, 2, 3]), 1).tolist()).toEqual([0, 0, Math.fround(Math.log(2))]);
});

test("mvlgamma refuses a dimension that is no positive integer", () => {
  expect(() => mvlgamma(tensor([1]), 0)).toThrow("mvlgamma: p must be a positive integer, got 0");
  expect(() => mvlgamma(tensor([1]), 1.5)).toThrow("mvlgamma: p must be a positive integer, got 1.5");
});

test("broadcastShapes", () => {
  expect(broadcastShapes()).toEqual([]);
  expect(broadcastShapes([2, 1], [3], [])).toEqual([2, 3]);
  expect(() => broadcastShapes([2], [3])).toThrow(/broadcastShapes: sizes 2 and 3 do not broadcast at dimension 0/);
});
