import { maxPool2d, tensor } from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { MaxUnpool1d, MaxUnpool2d, MaxUnpool3d } from "../src/index.ts";

describe("max unpooling", () => {
  const { values, indices } = maxPool2d(
    tensor([
      [
        [1, 2, 5],
        [3, 4, 0],
        [0, 0, 0],
      ],
    ]),
    {
      kernelSize: 2,
      returnIndices: true,
    },
  );

  test("puts each number where it was", () => {
    expect(new MaxUnpool2d(2).forward(values, indices, { outputSize: [3, 3] }).tolist()).toEqual([
      [
        [0, 0, 0],
        [0, 4, 0],
        [0, 0, 0],
      ],
    ]);
  });

  test("prints itself as it was made", () => {
    expect(String(new MaxUnpool1d(2))).toBe("MaxUnpool1d(2)");
    expect(String(new MaxUnpool2d([2, 3], { stride: 1, padding: 1 }))).toBe("MaxUnpool2d([2, 3], stride=1, padding=1)");
    expect(new MaxUnpool3d(2).stateDict()).toEqual({});
  });

  test("says who complains", () => {
    expect(() => new MaxUnpool2d(2).forward(tensor([1, 2]), tensor([0, 1], { dtype: "int32" }))).toThrow(
      /^MaxUnpool2d\(2\): /,
    );
  });
});
