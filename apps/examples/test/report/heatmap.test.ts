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

test("below 0 in another colour, as dark as above", () => {
  const { text } = heatmap({ ...about, values: [[-4, 2]] }).figure;
  expect(text).toContain('fill-opacity="1" fill="var(--second)"');
  expect(text).toContain('fill-opacity="0.5" fill="var(--first)"');
});

test("marked columns have an arrow, and the others no number", () => {
  const { text } = heatmap({ ...about, values: [[1, 2, 3]], marked: [1] }).figure;
  expect(text.match(/▼/g)).toHaveLength(1);
  expect(text.match(/<text[^>]*>\d<\/text>/g)).toHaveLength(2);
});

test("what is wrong is said", () => {
  expect(() => heatmap({ ...about, values: [[1, 2], [3]] })).toThrow("heatmap: row 1 has 1 numbers, the first 2 (map)");
  expect(() => heatmap({ ...about, values: [[1, Number.NaN]] })).toThrow(
    "heatmap: numbers must be finite, got NaN (map)",
  );
});
