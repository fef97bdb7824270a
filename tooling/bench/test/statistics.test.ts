import { expect, test } from "vitest";
import { geometricMean, median, spread } from "../src/statistics.ts";

test("the median of an even number of values lies between the middle two", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([5, 1, 3])).toBe(3);
});

test("the spread is the middle half relative to the median", () => {
  expect(spread([1, 2, 3, 4, 5])).toBeCloseTo(2 / 3);
  expect(spread([7])).toBe(0);
});

test("the geometric mean of a ratio and its inverse is 1", () => {
  expect(geometricMean([0.25, 4])).toBeCloseTo(1);
});
