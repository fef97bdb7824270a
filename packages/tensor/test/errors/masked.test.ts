import * as dl from "@dl/tensor";
import { expect, test } from "vitest";

const { tensor, zeros } = dl;
const x = zeros([2, 3]);

test.each<[() => unknown, string]>([
  [() => dl.maskedSum(x, { mask: zeros([2, 3]) }), "maskedSum: mask must be bool, got float32 (x [2, 3], mask [2, 3])"],
  [
    () => dl.maskedMean(x, { mask: tensor([[[true]]]) }),
    "maskedMean: mask does not broadcast to x (x [2, 3], mask [1, 1, 1])",
  ],
  [
    () => dl.maskedAmax(zeros([1, 3]), { mask: zeros([2, 3], { dtype: "bool" }) }),
    "maskedAmax: mask does not broadcast to x (x [1, 3], mask [2, 3])",
  ],
  [
    () => dl.maskedProd(x, { mask: tensor([true, false]) }),
    "maskedProd: sizes 3 and 2 do not broadcast at dimension 1 (x [2, 3], mask [2])",
  ],
  [() => dl.maskedMedian(tensor([true]), { dim: 0 }), "maskedMedian: needs numbers, got bool"],
  [() => dl.maskedSoftmax(x, { dim: 2 }), "softmax: dim 2 is out of range for 2 dimensions: expected -2 to 1"],
  [() => dl.zeta(1, 2), "zeta: needs at least one tensor, got only numbers (1, 2)"],
  [
    () => dl.legendrePolynomialP(zeros([2]), zeros([3])),
    "orthogonalPolynomial: sizes 2 and 3 do not broadcast at dimension 0 (x [2], n [3])",
  ],
])("%s", (call, message) => {
  expect(call).toThrow(message);
});
