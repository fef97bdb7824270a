import {
  all,
  amax,
  amin,
  any,
  argmax,
  argmin,
  argsort,
  at,
  cat,
  cummax,
  cummin,
  cumprod,
  cumsum,
  type Device,
  flip,
  gather,
  indexAdd,
  indexCopy,
  kthvalue,
  logcumsumexp,
  logsumexp,
  manualSeed,
  mean,
  median,
  mode,
  nanmedian,
  norm,
  prod,
  rand,
  randint,
  randn,
  scatter,
  scatterAdd,
  scatterReduce,
  searchsorted,
  sort,
  std,
  sum,
  type Tensor,
  tensor,
  topk,
  useDevice,
} from "@dl/tensor";
import { gpu } from "@dl/tensor/gpu";
import { beforeAll, describe, expect, test } from "vitest";
import { adapterForTests, reasonText } from "./adapter.ts";
import { expectSame, type Results } from "./compare.ts";

const info = await adapterForTests();

describe.skipIf(!info.available)(`loops over longer tensors on the GPU${reasonText(info)}`, () => {
  let device: Device;
  let wide: Tensor;
  let tall: Tensor;
  let whole: Tensor;
  let broken: Tensor;
  beforeAll(async () => {
    device = await gpu();
    await useDevice("cpu");
    manualSeed(1);
    wide = randn([9, 300]);
    tall = randn([2, 200, 12]);
    whole = randint(-50, 50, [40, 70]);
    broken = randn([4, 210]);
    broken.setAt_([2, ":"], Number.NaN);
    broken.setAt_([1, 17], Number.NaN);
    broken.setAt_([1, 200], Number.NaN);
  });

  type Along = (x: Tensor, options: { dim: number }) => Results;
  const reductions = Object.entries<Along>({
    sum,
    mean,
    std,
    logsumexp,
    norm,
    prod,
    all,
    any,
    argmax,
    argmin,
    amax,
    amin,
  });

  /** Sums of up to 300 numbers around 1; 4.8e-6 was seen of 1500. */
  const ofSums = 1e-5;

  test.each(reductions)("%s", async (name, call) => {
    for (const dim of [0, 1]) {
      for (const x of [wide, tall, broken])
        await expectSame(device, [name === "prod" ? x.mul(0.01).add(1) : x], (each) => call(each, { dim }), ofSums);
      if (!["mean", "std", "logsumexp", "norm", "prod"].includes(name))
        await expectSame(device, [whole], (each) => call(each, { dim }));
    }
  });

  test("reductions of everything, in several steps", async () => {
    const x = rand([70000]);
    const ofAll = (each: Tensor): Record<string, Tensor> => ({
      sum: sum(each),
      mean: mean(each),
      max: amax(each, { dim: 0 }),
      argmax: argmax(each),
      norm: norm(each),
      std: std(each),
      any: any(each.gt(2)),
    });
    await expectSame(device, [x], ofAll, ofSums);
    await expectSame(device, [randint(0, 2, [70000])], (each) => sum(each));
  });

  const scans = Object.entries<Along>({ cumsum, cumprod, cummax, cummin, logcumsumexp });

  test.each(scans)("%s", async (name, call) => {
    for (const dim of [0, 1]) {
      for (const x of [wide, tall, broken])
        await expectSame(device, [name === "cumprod" ? x.mul(0.01).add(1) : x], (each) => call(each, { dim }), 2e-5);
    }
  });

  const orders = Object.entries<Along>({
    sort,
    argsort,
    median,
    nanmedian,
    mode,
    "sort, descending": (x, { dim }) => sort(x, { dim, descending: true }),
    topk: (x, { dim }) => topk(x, 2, { dim }),
    "topk of the smallest": (x, { dim }) => topk(x, 2, { dim, largest: false }),
    kthvalue: (x, { dim }) => kthvalue(x, 2, { dim }),
  });

  test.each(orders)("%s", async (_, call) => {
    for (const dim of [0, 1])
      for (const x of [wide, tall, broken, whole]) await expectSame(device, [x], (each) => call(each, { dim }));
  });

  test("searchsorted", async () => {
    const lines = sort(rand([5, 200]), { dim: 1 }).values;
    for (const right of [false, true]) {
      await expectSame(device, [lines, rand([5, 30])], (line, x) => searchsorted(line, x, { right }));
      await expectSame(device, [tensor([1, 3, 3, 5])], (line) => searchsorted(line, 3, { right }));
      const close = tensor([-3, 2 ** 24, 2 ** 24 + 1, 2 ** 24 + 2], { dtype: "int32" });
      for (const value of [2 ** 24 + 1, 2 ** 24 + 0.5, -3.5, 2 ** 40])
        await expectSame(device, [close], (line) => searchsorted(line, value, { right }));
    }
  });

  test("many indices that meet in few places", async () => {
    const index = randint(0, 9, [70, 40], { dtype: "int32" });
    const source = randn([70, 40]);
    const x = randn([9, 41]);
    await expectSame(device, [x, index], (base, picks) => gather(base, 0, picks));
    await expectSame(device, [x, index, source], (base, picks, y) => scatterAdd(base, 0, picks, y), 1e-5);
    await expectSame(device, [x, index, source], (base, picks, y) => scatter(base, 0, picks, y));
    for (const reduce of ["amax", "amin", "mean"] as const) {
      const call = (base: Tensor, picks: Tensor, y: Tensor): Tensor => scatterReduce(base, 0, picks, y, { reduce });
      await expectSame(device, [x, index, source], call, 1e-5);
    }
    const slabs = randint(0, 9, [100], { dtype: "int32" });
    await expectSame(device, [x, slabs, randn([100, 41])], (base, picks, y) => indexAdd(base, 0, picks, y), 1e-5);
    await expectSame(device, [x, slabs, randn([100, 41])], (base, picks, y) => indexCopy(base, 0, picks, y));
    await expectSame(device, [x, slabs], (base, picks) => at(base, picks, 3));
  });

  test("the same sum every time", async () => {
    const index = randint(0, 3, [5000], { dtype: "int32" });
    const source = randn([5000]);
    const [x, picks, y] = [tensor([0, 0, 0]), index, source].map((each) => each.to(device)) as [Tensor, Tensor, Tensor];
    const first = await scatterAdd(x, 0, picks, y).read();
    for (let i = 0; i < 3; i++) expect(await scatterAdd(x, 0, picks, y).read()).toEqual(first);
  });

  test("many parts joined, and views that overlap", async () => {
    await expectSame(device, [wide, tall], (x, y) =>
      cat([x, ...Array.from({ length: 12 }, () => y.at(0, ":9", 0).unsqueeze(1))], { dim: 1 }),
    );
    await expectSame(device, [tall], (x) => flip(x.transpose(0, 2).at("::2"), [0, 2]));
  });
});
