import { gumbelSoftmax, manualSeed, tensor, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";

// expected numbers: PyTorch 1.13.1 after manual_seed(0)
describe("gumbelSoftmax", () => {
  test("draws PyTorch's numbers", () => {
    manualSeed(0);
    const soft = gumbelSoftmax(
      tensor([
        [1, 2, 3],
        [0, -1, 1],
      ]),
      { tau: 0.5 },
    );
    const expected = [5.4419e-4, 3.2693e-2, 9.6676e-1, 4.7232e-2, 3.8298e-2, 9.1447e-1];
    for (const [i, value] of [...soft.toArray()].entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 5);
    manualSeed(0);
    expect(gumbelSoftmax(zeros([3]), { hard: true }).tolist()).toEqual([0, 0, 1]);
  });

  test("refuses a temperature that is not positive", () => {
    expect(() => gumbelSoftmax(zeros([3]), { tau: 0 })).toThrow("gumbelSoftmax: tau must be positive, got 0");
    expect(() => gumbelSoftmax(zeros([3]), { tau: Number.NaN })).toThrow(
      "gumbelSoftmax: tau must be positive, got NaN",
    );
  });
});
