import { expect, test } from "vitest";
import { heatmap } from "../../src/report/heatmap.ts";

const about = { heading: { en: "map", ja: "地図" }, note: { en: "", ja: "" }, x: "column", y: "row" };

test("one square for each number, the greatest the darkest", () => {
  const { text } = heatmap({
    ...about,
    values: [
      [0, 1],
      [2, 4],
      [0.5, 3],
    ],
  }).figure;
  expect(text.match(/<rect/g)).toHaveLength(6);
  expect(text).toContain("<title>1, 1: 4.000</title>");
  expect(text).toContain('fill-opacity="0.25"');
});

test("what is wrong is said", () => {
  expect(() => heatmap({ ...about, values: [[1, 2], [3]] })).toThrow("heatmap: row 1 has 1 numbers, the first 2 (map)");
  expect(() => heatmap({ ...about, values: [[1, -2]] })).toThrow("heatmap: numbers must not be negative, got -2 (map)");
});
