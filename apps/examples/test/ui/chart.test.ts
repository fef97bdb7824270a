import { expect, test } from "vitest";
import { chart } from "../../src/ui/chart.ts";

test("title, as many lines as asked for, axis from first to last", () => {
  const lines = chart([3, 2, 1], { title: "loss", height: 5, unit: "epoch" }).split("\n");
  expect(lines).toHaveLength(7);
  expect(lines[0]).toBe("loss");
  expect(lines[1]).toContain("3.00 ┼╮");
  expect(lines[6]?.trim()).toBe("epoch 1 to 3");
});

test("many values are averaged to the width, those not finite left out", () => {
  const values = Array.from({ length: 6000 }, (_, i) => (i === 100 ? Number.NaN : i));
  const lines = chart(values, { width: 40, height: 4 }).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40 + 13);
  expect(lines.at(-1)?.trim()).toBe("step 1 to 6,000");
});

test("a level line, and no values", () => {
  expect(chart([1, 1, 1], { height: 3 })).toContain("1.00 ┼──");
  expect(chart([Number.NaN])).toBe("(no finite values)");
});
