import * as dl from "@dl/tensor";
import { describe, expect, test } from "vitest";

const { tensor } = dl;
const nan = Number.NaN;

describe("sort", () => {
  const x = tensor([2, nan, 1, 2, nan, 0]);
  test("keeps the order of equal elements, NaN last", () => {
    expect(dl.argsort(x).tolist()).toEqual([5, 2, 0, 3, 1, 4]);
    expect(dl.argsort(x, { descending: true }).tolist()).toEqual([1, 4, 0, 3, 2, 5]);
  });
  test("is the same as a comparison sort for long lines", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => Math.round(Math.sin(i * 12.9898) * 50));
    const expected = [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
    expect(dl.argsort(tensor(values)).tolist()).toEqual(expected);
  });
  test("topk finds the front of it", () => {
    expect(dl.topk(x, 3).indices.tolist()).toEqual([1, 4, 0]);
    expect(dl.topk(x, 3, { largest: false }).values.tolist()).toEqual([0, 1, 2]);
    expect(dl.topk(x, 0).values.shape).toEqual([0]);
    const many = dl.sin(dl.arange(200));
    expect(dl.topk(many, 10).values.tolist()).toEqual(
      dl.narrow(dl.sort(many, { descending: true }).values, 0, 0, 10).tolist(),
    );
  });
  test("of a 0-d tensor", () => {
    expect(dl.sort(tensor(3)).indices.tolist()).toBe(0);
    expect(dl.kthvalue(tensor(3), 1).values.shape).toEqual([]);
  });
});

describe("quantile", () => {
  const x = tensor(
    [
      [3, 1, 2, 1],
      [0, 5, 5, 2],
    ],
    { dtype: "float64" },
  );
  test("for several q, in front", () => {
    const { shape } = dl.quantile(x, [0.1, 0.5], { dim: 1, keepdim: true });
    expect(shape).toEqual([2, 2, 1]);
    const found = dl.quantile(x, [0.1, 0.5], { dim: 1 }).toArray();
    [1, 0.6, 1.5, 3.5].forEach((expected, i) => {
      expect(found[i]).toBeCloseTo(expected, 12);
    });
  });
  test.each([
    ["linear", 1.8],
    ["lower", 1],
    ["higher", 2],
    ["midpoint", 1.5],
    ["nearest", 2],
  ] as const)("%s", (interpolation, expected) => {
    expect(dl.quantile(x, 0.4, { interpolation }).item()).toBeCloseTo(expected, 12);
  });
  test("NaN", () => {
    expect(dl.quantile(tensor([1, nan, 2]), 0).item()).toBe(nan);
    expect(dl.nanquantile(tensor([1, nan, 2]), 1).item()).toBe(2);
    expect(dl.nanquantile(tensor([nan, nan]), 0.5).item()).toBe(nan);
  });
});

describe("unique", () => {
  test("rows and columns", () => {
    const rows = dl.unique(
      tensor([
        [1, 2],
        [0, 5],
        [1, 2],
      ]),
      { dim: 0 },
    );
    expect(rows.values.tolist()).toEqual([
      [0, 5],
      [1, 2],
    ]);
    expect([rows.inverse.tolist(), rows.counts.tolist()]).toEqual([
      [1, 0, 1],
      [1, 2],
    ]);
    const columns = dl.unique(
      tensor([
        [1, 0, 1],
        [2, 5, 2],
      ]),
      { dim: 1 },
    );
    expect(columns.values.tolist()).toEqual([
      [0, 1],
      [5, 2],
    ]);
  });
  test("elements: the inverse has the shape of x", () => {
    const { values, inverse } = dl.unique(
      tensor([
        [7, 3],
        [3, 9],
      ]),
    );
    expect([values.tolist(), inverse.tolist()]).toEqual([
      [3, 7, 9],
      [
        [1, 0],
        [0, 2],
      ],
    ]);
    expect(dl.unique(tensor([nan, nan])).counts.tolist()).toEqual([1, 1]);
  });
});

describe("counting", () => {
  test("histogram with density and with edges", () => {
    const { hist, binEdges } = dl.histogram(tensor([1, 2, 1]), 4, { range: [0, 3], density: true });
    expect(binEdges.tolist()).toEqual([0, 0.75, 1.5, 2.25, 3]);
    expect(hist.toArray()[1]).toBeCloseTo(0.8889, 4);
    expect(dl.histogram(tensor([1, 2, 3]), tensor([0, 2, 3])).hist.tolist()).toEqual([1, 2]);
  });
  test("histc takes in both ends and leaves out the rest", () => {
    expect(dl.histc(tensor([-1, 0, 1, 2, 5, nan]), { bins: 2, min: 0, max: 2 }).tolist()).toEqual([1, 2]);
  });
  test("bincount with weights", () => {
    const x = tensor([0, 2, 2], { dtype: "int32" });
    expect(dl.bincount(x, { weights: tensor([1, 0.5, 0.25]), minlength: 4 }).tolist()).toEqual([1, 0, 0.75, 0]);
  });
  test("isin and searchsorted by a sorter", () => {
    expect(
      dl
        .isin(
          tensor([
            [1, 2],
            [3, 4],
          ]),
          tensor([4, 1]),
        )
        .tolist(),
    ).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(dl.isin(tensor([1]), tensor([])).tolist()).toEqual([false]);
    const loose = tensor([5, 1, 3]);
    expect(dl.searchsorted(loose, tensor([2, 5]), { sorter: dl.argsort(loose), right: true }).tolist()).toEqual([1, 3]);
    expect(dl.searchsorted(tensor([1, 3]), 2).tolist()).toBe(1);
  });
});
