import * as dl from "@dl/tensor";
import { describe, expect, test } from "vitest";

const generator = new dl.Generator(3);
const random = (...shape: number[]): dl.Tensor => dl.randn(shape, { generator, dtype: "float64" });
const identity = (n: number): dl.Tensor => dl.eye(n, n, { dtype: "float64" });
const product = (...factors: dl.Tensor[]): dl.Tensor => factors.reduce((x, y) => dl.matmul(x, y));

/** Measured: 1.7e-14 at most. */
function expectClose(found: dl.Tensor, wanted: dl.Tensor): void {
  expect(found.shape).toEqual(wanted.shape);
  if (found.size > 0) expect(dl.amax(dl.abs(dl.sub(found, wanted))).item()).toBeLessThan(2e-13);
}

describe("decompositions give their matrix back", () => {
  test.each([[[6, 4]], [[4, 6]], [[3, 5, 5]], [[2, 0, 3]], [[0, 4, 4]], [[1, 1]], [[30, 40]]])("%j", (shape) => {
    const x = random(...shape);
    const { u, s, v } = dl.svd(x);
    expectClose(product(dl.mul(u, dl.unsqueeze(s, -2)), dl.transpose(v)), x);
    const { q, r } = dl.qr(x);
    expectClose(product(q, r), x);
    expectClose(dl.triu(r), r);
    const k = s.shape.at(-1) as number;
    for (const part of [u, v, q])
      expectClose(product(dl.transpose(part), part), dl.expand(identity(k), [...shape.slice(0, -2), k, k]));
    expectClose(product(x, dl.pinv(x), x), x);
  });

  test("eigh, of either triangle", () => {
    const x = random(2, 7, 7);
    const symmetric = dl.add(x, dl.transpose(x));
    for (const uplo of ["L", "U"] as const) {
      const half = uplo === "L" ? dl.tril(symmetric) : dl.triu(symmetric);
      const { eigenvalues, eigenvectors } = dl.eigh(half, { uplo });
      expectClose(product(dl.mul(eigenvectors, dl.unsqueeze(eigenvalues, -2)), dl.transpose(eigenvectors)), symmetric);
      expectClose(dl.sort(eigenvalues).values, eigenvalues);
    }
  });

  test("cholesky, lower and upper", () => {
    const x = random(2, 5, 5);
    const positive = dl.add(product(x, dl.transpose(x)), identity(5));
    const [lower, upper] = [dl.cholesky(positive), dl.cholesky(positive, { upper: true })];
    expectClose(product(lower, dl.transpose(lower)), positive);
    expectClose(upper, dl.transpose(lower));
    expectClose(product(positive, dl.choleskyInverse(lower)), dl.expand(identity(5), [2, 5, 5]));
    expectClose(
      dl.choleskySolve(random(2, 5, 3), upper, { upper: true }).mul(0),
      dl.zeros([2, 5, 3], { dtype: "float64" }),
    );
  });

  test("of matrices with equal and zero singular values", () => {
    const { u, s, v } = dl.svd(
      dl.tensor(
        [
          [1, 2, 3],
          [2, 4, 6],
          [0, 0, 0],
        ],
        { dtype: "float64" },
      ),
    );
    expectClose(product(dl.transpose(u), u), identity(3));
    expectClose(product(dl.transpose(v), v), identity(3));
    expect(s.tolist()).toEqual([expect.closeTo(Math.sqrt(70), 12), expect.closeTo(0, 12), 0]);
    expect(dl.svdvals(identity(3)).tolist()).toEqual([1, 1, 1]);
  });
});

describe("systems of equations", () => {
  test("solve: vectors, matrices and broadcast batches", () => {
    const a = random(2, 1, 5, 5);
    const b = random(3, 5, 2);
    expectClose(product(a, dl.solve(a, b)), dl.expand(b, [2, 3, 5, 2]));
    const [single, vector] = [random(4, 4), random(4)];
    expectClose(dl.matmul(single, dl.solve(single, vector)), vector);
    const vectors = random(2, 1, 5);
    expectClose(product(a, dl.unsqueeze(dl.solve(a, vectors), -1)), dl.unsqueeze(vectors, -1));
  });

  test("triangles, from both sides", () => {
    const [a, b] = [dl.add(random(4, 4), dl.mul(identity(4), 5)), random(3, 4)];
    const solution = dl.solveTriangular(a, b, { upper: true, left: false });
    expectClose(product(solution, dl.triu(a)), b);
    const turned = dl.triangularSolve(dl.transpose(b), a, { transpose: true, upper: false });
    expectClose(product(dl.transpose(dl.tril(a)), turned), dl.transpose(b));
  });

  test("least squares: the residual is orthogonal to the columns", () => {
    const [a, b] = [random(7, 3), random(7)];
    const residual = dl.sub(dl.matmul(a, dl.lstsq(a, b)), b);
    expectClose(dl.matmul(dl.transpose(a), residual), dl.zeros([3], { dtype: "float64" }));
  });
});

test("powers, exponentials and determinants", () => {
  const x = random(2, 4, 4);
  expectClose(dl.matrixPower(x, 5), product(x, x, x, x, x));
  expectClose(product(dl.matrixPower(x, -2), x, x), dl.matrixPower(x, 0));
  expectClose(product(dl.matrixExp(x), dl.matrixExp(dl.neg(x))), dl.expand(identity(4), [2, 4, 4]));
  expectClose(dl.log(dl.det(dl.matrixExp(x))), dl.sum(dl.diagonal(x, { dim1: -2, dim2: -1 }), { dim: -1 }));
  const { sign, logabsdet } = dl.slogdet(x);
  expectClose(dl.mul(sign, dl.exp(logabsdet)), dl.det(x));
  expect(dl.det(dl.zeros([0, 0])).item()).toBe(1);
  expect(dl.logdet(dl.zeros([2, 2])).item()).toBe(Number.NEGATIVE_INFINITY);
  expect(dl.logdet(dl.tensor([[-1]])).item()).toBeNaN();
});

test("ranks, conditions and norms from singular values", () => {
  const x = product(random(2, 6, 3), random(2, 3, 5));
  expect(dl.matrixRank(x).tolist()).toEqual([3, 3]);
  expect(dl.matrixRank(dl.eye(3), { atol: 2 }).item()).toBe(0);
  expect(
    dl
      .cond(
        dl.tensor([
          [4, 0],
          [0, 2],
        ]),
        { p: "fro" },
      )
      .item(),
  ).toBeCloseTo(2.5, 6);
  expect(
    dl
      .matrixNorm(
        dl.tensor([
          [3, 0],
          [0, -4],
        ]),
        { ord: "nuc" },
      )
      .item(),
  ).toBe(7);
  expect(dl.matrixNorm(random(3, 2, 5), { ord: -2, dim: [2, 0], keepdim: true }).shape).toEqual([1, 2, 1]);
});
