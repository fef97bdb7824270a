import { Generator, mean, ones, randn, type Tensor, tensor } from "@dl/tensor";
import { expect, it } from "vitest";
import { accuracy, auroc, type BootstrapOptions, bootstrapInterval } from "../src/index.ts";

const whole = { dtype: "int32" } as const;

it("agrees with the normal approximation for a mean", () => {
  const x = randn([400], { generator: new Generator(1), dtype: "float64" });
  const deviation = x.std().item() / Math.sqrt(400);
  const { value, low, high, ...rest } = bootstrapInterval((x) => mean(x).item(), [x], {
    generator: new Generator(2),
    resamples: 2000,
  });
  expect(value).toBe(mean(x).item());
  expect(rest.deviation / deviation).toBeCloseTo(1, 1);
  expect((value - low) / deviation).toBeCloseTo(1.96, 0);
  expect((high - value) / deviation).toBeCloseTo(1.96, 0);
});

it("gives the same interval for the same seed, wider for more confidence", () => {
  const p = tensor([1, 0, 1, 1, 0, 1, 0, 0], whole);
  const y = tensor([1, 0, 1, 0, 0, 1, 1, 0], whole);
  const of = (seed: number, confidence: number) =>
    bootstrapInterval(accuracy, [p, y], { generator: new Generator(seed), confidence, resamples: 200 });
  expect(of(3, 0.9)).toEqual(of(3, 0.9));
  expect(of(3, 0.9).deviation).not.toBe(of(4, 0.9).deviation);
  expect(of(3, 0.99).high - of(3, 0.99).low).toBeGreaterThan(of(3, 0.5).high - of(3, 0.5).low);
});

it("keeps every class with strata", () => {
  const scores = tensor([0.9, 0.1, 0.2, 0.3, 0.95, 0.4]);
  const y = tensor([1, 0, 0, 0, 0, 0], whole);
  expect(() => bootstrapInterval(auroc, [scores, y], { generator: new Generator(0) })).toThrow(
    "auroc: class 1 has 0 of 6 samples",
  );
  const { value, low, high } = bootstrapInterval(auroc, [scores, y], { generator: new Generator(0), strata: y });
  expect([value, low <= value, high]).toEqual([0.8, true, 1]);
});

it("says what is wrong", () => {
  const run = (data: readonly Tensor[], options: BootstrapOptions = {}): unknown =>
    bootstrapInterval(() => 1, data, options);
  expect(() => run([])).toThrow("bootstrapInterval: needs tensors of the same number of samples, at least one ()");
  expect(() => run([ones([2]), ones([3, 1])])).toThrow("at least one (data 0 [2], data 1 [3, 1])");
  expect(() => run([ones([2])], { resamples: 1 })).toThrow(
    "bootstrapInterval: resamples must be a whole number from 2 on, got 1",
  );
  expect(() => run([ones([2])], { confidence: 95 })).toThrow(
    "bootstrapInterval: confidence must lie between 0 and 1, got 95",
  );
  expect(() => run([ones([2])], { strata: ones([3]) })).toThrow("bootstrapInterval: strata must be [2] (strata [3])");
});
