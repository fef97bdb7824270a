import { arange, gridSample, interpolate, ones, tensor } from "@dl/tensor";
import { expect, test } from "vitest";
import { grad, requiresGrad_ } from "../src/index.ts";
import { gradcheck } from "../src/testing.ts";

test("gridSample has no gradient at places outside of the border, nor on it", () => {
  const x = arange(12, undefined, 1, { dtype: "float32" }).square().reshape([1, 1, 3, 4]);
  const grid = requiresGrad_(
    tensor([
      [
        [
          [-2, 0],
          [0.2, 1],
        ],
      ],
    ]),
  );
  gridSample(x, grid, { paddingMode: "border", alignCorners: true }).sum().backward();
  const found = [...(grid.grad?.toArray() ?? [])];
  // PyTorch 1.13.1
  for (const [i, wanted] of [0, 48, 28.5, 0].entries()) expect(found[i]).toBeCloseTo(wanted, 3);
});

test("gridSample with nearest elements has a gradient for the image alone", () => {
  const [x, grid] = [requiresGrad_(ones([1, 1, 2, 2])), requiresGrad_(tensor([[[[-0.6, 0.6]]]]))];
  const [forX, forGrid] = grad([gridSample(x, grid, { mode: "nearest" }).sum()], [x, grid], { allowUnused: true });
  expect(forX?.tolist()).toEqual([
    [
      [
        [0, 0],
        [1, 0],
      ],
    ],
  ]);
  expect(forGrid).toBe(undefined);
});

test("interpolate with area takes means", () => {
  const x = arange(14, undefined, 1, { dtype: "float64" }).square().reshape([1, 2, 7]);
  gradcheck((each) => interpolate(each, { size: 3, mode: "area" }), [x], { second: true });
});
