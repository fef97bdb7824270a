import { rand } from "@dl/tensor";
import { expect, test } from "vitest";
import { perSeed, short, span } from "../src/figures.ts";

test("span writes the least and the greatest, without the 0 before the point", () => {
  expect(span([0.1135, 0.101])).toBe(".101–.114");
  expect(span([2, 2])).toBe("2.000");
  expect(span([0.5, 0.25], 1)).toBe(".3–.5");
});

test("short writes very small and very large numbers as powers of ten", () => {
  expect([0.00012, -0.5, 12, 123.45, 2e6, Infinity].map((value) => short(value))).toEqual([
    "1.2e-4",
    "-.500",
    "12",
    "123.5",
    "2.0e+6",
    "Infinity",
  ]);
});

test("perSeed runs once for each seed, from the first on, each with random numbers of its own", async () => {
  const draw = async (seed: number) => ({ seed, drawn: await rand([1]).itemAsync() });
  const [first, second] = await perSeed(4, 2, draw);
  expect([first?.seed, second?.seed]).toEqual([4, 5]);
  expect(first?.drawn).not.toBe(second?.drawn);
  expect(await perSeed(5, 1, draw)).toEqual([second]);
});
