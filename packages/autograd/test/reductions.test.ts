import * as dl from "@dl/tensor";
import { describe, expect, test } from "vitest";
import { grad } from "../src/grad.ts";
import { requiresGrad_ } from "../src/leaf.ts";
import { gradcheck } from "../src/testing.ts";

dl.useDevice("cpu");

const double = (values: Parameters<typeof dl.tensor>[0]): dl.Tensor => dl.tensor(values, { dtype: "float64" });
const x = double([
  [0.3, -1.2, 2.5, 0.9],
  [1.7, 0.4, -0.6, -2.1],
  [-0.8, 1.1, 0.2, 3.3],
]);

describe("compositions have gradients of first and second order", () => {
  test.each<[string, (x: dl.Tensor) => dl.Tensor]>([
    ["max along a dimension", (a) => dl.max(a, { dim: 1 }).values],
    ["cummin", (a) => dl.cummin(a, { dim: 1 }).values],
    ["sort", (a) => dl.sort(a, { dim: 0, descending: true }).values],
    ["topk", (a) => dl.topk(a, 2).values],
    ["kthvalue", (a) => dl.kthvalue(a, 2, { dim: 0, keepdim: true }).values],
    ["median along a dimension", (a) => dl.median(a, { dim: 1 }).values],
    ["quantile", (a) => dl.quantile(a, [0.3, 0.8], { dim: 1 })],
    ["quantile of everything", (a) => dl.nanquantile(a, 0.45, { keepdim: true })],
    ["nanmean", (a) => dl.nanmean(a, { dim: 0 })],
    ["varMean", (a) => dl.mul(dl.varMean(a, { dim: 1 }).variance, dl.varMean(a, { dim: 1 }).mean)],
    ["stdMean", (a) => dl.stdMean(a, { dim: [0, 1], correction: 0 }).std],
    ["normalize", (a) => dl.normalize(a)],
    ["matrixNorm", (a) => dl.matrixNorm(a, { ord: 1 })],
    ["renorm", (a) => dl.renorm(a, 2, 0, 1.5)],
    ["softmin", (a) => dl.softmin(a, { dim: 1 })],
    ["diff", (a) => dl.diff(a, { n: 2, prepend: dl.narrow(a, 1, 0, 1) })],
    ["trapezoid", (a) => dl.trapezoid(a, { x: dl.select(a, 0, 0) })],
    ["cumulativeTrapezoid", (a) => dl.cumulativeTrapezoid(a, { dim: 0, dx: 0.5 })],
    ["cov", (a) => dl.cov(a, { aweights: dl.select(dl.mul(a, a), 0, 0) })],
    ["corrcoef", (a) => dl.mul(dl.corrcoef(a), 1 - 1e-3)],
  ])("%s", (_, fn) => {
    gradcheck(fn, [x], { second: true });
  });

  test("quantile: also for q", () => {
    gradcheck((a, q) => dl.quantile(a, q, { dim: 1 }), [x, double([0.2, 0.7])], { second: true });
  });
});

describe("PyTorch's gradients where there is more than one answer", () => {
  const of = (fn: (x: dl.Tensor) => dl.Tensor, values: Parameters<typeof dl.tensor>[0]): unknown => {
    const leaf = requiresGrad_(double(values));
    return grad([dl.sum(fn(leaf))], [leaf])[0]?.tolist();
  };
  test.each<[string, unknown, unknown]>([
    ["max shares among equal ones", of((a) => dl.max(a), [1, 3, 3]), [0, 0.5, 0.5]],
    [
      "amin shares line by line",
      of(
        (a) => dl.amin(a, { dim: 1 }),
        [
          [1, 1],
          [2, 3],
        ],
      ),
      [
        [0.5, 0.5],
        [1, 0],
      ],
    ],
    [
      "amax shares over dimensions apart",
      of((a) => dl.amax(a, { dim: [0, 2] }), [[[1, 1]], [[1, 0]]]),
      [[[1 / 3, 1 / 3]], [[1 / 3, 0]]],
    ],
    ["max along a dimension goes to the index", of((a) => dl.max(a, { dim: 0 }).values, [3, 1, 3]), [1, 0, 0]],
    ["cummax goes to the latest", of((a) => dl.cummax(a, { dim: 0 }).values, [2, 2, 1]), [1, 2, 0]],
    ["prod with one zero", of((a) => dl.prod(a), [2, 0, 3]), [0, 6, 0]],
    ["prod with two zeros", of((a) => dl.prod(a), [0, 0, 3]), [0, 0, 0]],
    ["cumprod with a zero", of((a) => dl.cumprod(a, { dim: 0 }), [2, 0, 3]), [1, 8, 0]],
    ["norm at 0", of((a) => dl.norm(a), [0, 0]), [0, 0]],
    ["1-norm at 0", of((a) => dl.norm(a, { p: 1 }), [0, -2]), [0, -1]],
    ["0-norm", of((a) => dl.norm(a, { p: 0 }), [0, -2]), [0, 0]],
    ["infinity norm shares", of((a) => dl.norm(a, { p: Number.POSITIVE_INFINITY }), [2, -2, 1]), [0.5, -0.5, 0]],
    ["std of equal elements", of((a) => dl.std(a), [2, 2, 2]), [0, 0, 0]],
    ["std of one element", of((a) => dl.std(a), [2]), [Number.NaN]],
    ["nansum leaves NaN out", of((a) => dl.nansum(a), [Number.NaN, 1]), [0, 1]],
    ["logsumexp of -Infinity", of((a) => dl.logsumexp(a), [Number.NEGATIVE_INFINITY, 0]), [0, 1]],
    ["median shares", of((a) => dl.median(a), [2, 2, 1]), [0.5, 0.5, 0]],
    ["gather adds up", of((a) => dl.gather(a, 0, dl.tensor([1, 1, 0], { dtype: "int32" })), [5, 6]), [1, 2]],
  ])("%s", (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });

  test("prod with zeros: second order", () => {
    gradcheck(
      (a) => dl.prod(a, { dim: 1 }),
      [
        double([
          [0, 2, 3],
          [0, 0, 4],
        ]),
      ],
      { second: true },
    );
  });
});
