import { alphaDropout, dropout, dropout1d, dropout2d, Generator, ones } from "@dl/tensor";
import { expect, test } from "vitest";

test("the same seed drops the same elements", () => {
  const of = (seed: number): unknown => dropout(ones([64]), { p: 0.3, generator: new Generator(seed) }).tolist();
  expect(of(1)).toEqual(of(1));
  expect(of(1)).not.toEqual(of(2));
});

test("what is left is scaled so that the mean stays", () => {
  const values = Array.from(dropout(ones([10000]), { p: 0.25, generator: new Generator(0) }).toArray());
  expect(new Set(values)).toEqual(new Set([0, Math.fround(4 / 3)]));
  expect(Math.abs(values.reduce((total, value) => total + value, 0) / 10000 - 1)).toBeLessThan(0.03);
});

test("nothing happens in evaluation or with p = 0, everything goes with p = 1", () => {
  const x = ones([3]);
  expect(dropout(x, { training: false })).toBe(x);
  expect(dropout(x, { p: 0 })).toBe(x);
  expect(dropout(x, { p: 1 }).tolist()).toEqual([0, 0, 0]);
});

test("whole channels", () => {
  const y = dropout2d(ones([2, 8, 3, 3]), { generator: new Generator(0) });
  for (let plane = 0; plane < 16; plane++) expect(new Set(y.toArray().subarray(plane * 9, plane * 9 + 9)).size).toBe(1);
  const z = dropout1d(ones([8, 3]), { generator: new Generator(0) });
  for (let channel = 0; channel < 8; channel++)
    expect(new Set(z.toArray().subarray(channel * 3, channel * 3 + 3)).size).toBe(1);
});

test("alphaDropout has two values for ones", () => {
  const values = new Set(alphaDropout(ones([100]), { p: 0.5, generator: new Generator(0) }).toArray());
  const [scale, limit] = [1 / Math.sqrt((1.7580993408473766 ** 2 * 0.5 + 1) * 0.5), 1.7580993408473766];
  const expected = [limit * scale * -0.5, scale + limit * scale * 0.5].sort();
  const actual = [...values].sort();
  expect(actual).toHaveLength(2);
  for (const [i, value] of actual.entries()) expect(value).toBeCloseTo(expected[i] as number, 6);
});
