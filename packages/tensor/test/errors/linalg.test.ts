import * as dl from "@dl/tensor";
import { expect, test } from "vitest";

const { tensor, zeros } = dl;
const wide = zeros([2, 3]);
const square = zeros([3, 3]);
const nan = tensor([
  [1, Number.NaN],
  [0, 1],
]);

test.each<[() => unknown, string]>([
  [() => dl.inv(wide), "inv: needs square matrices, got 2 by 3 (x [2, 3])"],
  [() => dl.inv(zeros([3])), "inv: needs a matrix or a batch of them (x [3])"],
  [
    () => dl.inv(zeros([2, 2], { dtype: "int32" })),
    'inv: needs a floating-point tensor, got int32: convert with .to("float32")',
  ],
  [() => dl.inv(zeros([2, 2])), "inv: the matrix is singular: column 0 has no pivot (x [2, 2])"],
  [
    () => dl.inv(dl.stack([dl.eye(2), zeros([2, 2])])),
    "inv: matrix 1 of the batch is singular: column 0 has no pivot (x [2, 2, 2])",
  ],
  [() => dl.solve(square, zeros([3, 1])), "solve: the matrix is singular: column 0 has no pivot (a [3, 3], b [3, 1])"],
  [() => dl.solve(square, zeros([2, 1])), "solve: a has 3 rows, b 2 (a [3, 3], b [2, 1])"],
  [() => dl.solve(wide, zeros([2])), "solve: needs square matrices, got 2 by 3 (a [2, 3])"],
  [
    () => dl.solve(zeros([2, 3, 3]), zeros([4, 3, 1])),
    "solve: sizes 2 and 4 do not broadcast at dimension 0 (a [2], b [4])",
  ],
  [
    () => dl.solveTriangular(square, zeros([2, 1]), { upper: true }),
    "solveTriangular: a has 3 rows, b 2 (a [3, 3], b [2, 1])",
  ],
  [() => dl.triangularSolve(zeros([3, 1]), wide), "triangularSolve: needs square matrices, got 2 by 3 (a [2, 3])"],
  [() => dl.det(wide), "det: needs square matrices, got 2 by 3 (x [2, 3])"],
  [
    () => dl.cholesky(dl.mul(dl.eye(2), -1)),
    "cholesky: the matrix is not positive-definite: the leading minor of order 1 is not positive (x [2, 2])",
  ],
  [() => dl.choleskySolve(zeros([2, 1]), square), "choleskySolve: a has 3 rows, b 2 (a [3, 3], b [2, 1])"],
  [() => dl.choleskyInverse(wide), "choleskyInverse: needs square matrices, got 2 by 3 (l [2, 3])"],
  [() => dl.matrixPower(square, 0.5), "matrixPower: n must be a whole number, got 0.5 (x [3, 3])"],
  [() => dl.matrixExp(wide), "matrixExp: needs square matrices, got 2 by 3 (x [2, 3])"],
  [() => dl.eigh(wide), "eigh: needs square matrices, got 2 by 3 (x [2, 3])"],
  [() => dl.eigvalsh(nan), "eigh: the matrix is not finite (x [2, 2])"],
  [() => dl.svd(nan), "svd: the matrix is not finite (x [2, 2])"],
  [() => dl.svdvals(zeros([3])), "svdvals: needs a matrix or a batch of them (x [3])"],
  [() => dl.qr(zeros([3])), "qr: needs a matrix or a batch of them (x [3])"],
  [() => dl.pinv(wide, { hermitian: true }), "pinv: needs square matrices, got 2 by 3 (x [2, 3])"],
  [
    () => dl.pinv(zeros([2, 3, 3]), { rtol: zeros([4]) }),
    "pinv: sizes 2 and 4 do not broadcast at dimension 0 (batch [2], rtol [4])",
  ],
  [
    () => dl.pinv(zeros([1, 3, 3]), { atol: zeros([4]) }),
    "pinv: atol does not broadcast to the batch (x [1, 3, 3], atol [4])",
  ],
  [() => dl.cond(zeros([0, 3])), "cond: needs at least one row and column (x [0, 3])"],
  [() => dl.cond(wide, { p: 1 }), "cond: needs square matrices, got 2 by 3 (x [2, 3])"],
  [() => dl.lstsq(zeros([3]), zeros([3])), "lstsq: needs a matrix or a batch of them (a [3])"],
  [() => dl.norm(zeros([3]), { p: "nuc" }), 'norm: p "nuc" needs a matrix or two dimensions (x [3])'],
  [() => dl.matrixNorm(wide, { ord: "nuc", dim: [1, 1] }), "matrixNorm: dim 1 appears more than once (x [2, 3])"],
])("%s", (call, message) => {
  expect(call).toThrow(message);
});
