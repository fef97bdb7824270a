import { arange, at, indexPut, reshape, setAt_, type Tensor, tensor, transpose, zeros } from "@dl/tensor";
import { describe, expect, test } from "vitest";

const int = (values: Parameters<typeof tensor>[0]): Tensor => tensor(values, { dtype: "int32" });

/** 0 to 23. */
const cube = (): Tensor => reshape(arange(24), [2, 3, 4]);

describe("at", () => {
  test.each<[string, Parameters<typeof at>[1][], number[], unknown]>([
    ["nothing", [], [2, 3, 4], cube().tolist()],
    ["numbers", [1, -1, 0], [], 20],
    ["a range with a step", [0, 0, "::2"], [2], [0, 2]],
    ["bounds beyond the end", [0, 0, "-100:2"], [2], [0, 1]],
    ["an empty range", [0, 0, "3:1"], [0], []],
    [
      "the rest",
      ["...", 0],
      [2, 3],
      [
        [0, 4, 8],
        [12, 16, 20],
      ],
    ],
    ["a new dimension", [0, null, 0], [1, 4], [[0, 1, 2, 3]]],
    ["a list", [0, [2, 0], 1], [2], [9, 1]],
    ["an empty list", [0, 0, int([])], [0], []],
    [
      "two lists together",
      [
        [0, 1],
        [1, -1],
      ],
      [2, 4],
      [
        [4, 5, 6, 7],
        [20, 21, 22, 23],
      ],
    ],
    [
      "lists that broadcast",
      [[[0], [1]], 0, [0, 3]],
      [2, 2],
      [
        [0, 3],
        [12, 15],
      ],
    ],
    [
      "lists apart come first",
      [[0, 1], ":", [0, 1]],
      [2, 3],
      [
        [0, 4, 8],
        [13, 17, 21],
      ],
    ],
    ["a mask", [0, tensor([true, false, true]), 0], [2], [0, 8]],
    ["a mask of booleans", [0, [true, false, true], 0], [2], [0, 8]],
    ["a mask of two dimensions", [":", zeros([3, 4], { dtype: "bool" })], [2, 0], [[], []]],
    ["true", [true, 0, 0, 0], [1], [0]],
    ["false", [false], [0, 2, 3, 4], []],
    ["a 0-d index", [int(1), 0, 0], [], 12],
  ])("%s", (_, parts, shape, expected) => {
    const picked = at(cube(), ...parts);
    expect(picked.shape).toEqual(shape);
    expect(picked.tolist()).toEqual(expected);
  });

  test("is a view while there are no lists", () => {
    const x = cube();
    expect(at(x, 0, "1:", null).storage).toBe(x.storage);
    expect(at(x, [0]).storage).not.toBe(x.storage);
  });
});

describe("setAt_", () => {
  test("writes through views", () => {
    const x = zeros([2, 3]);
    setAt_(transpose(x), [0], tensor([1, 2]));
    expect(x.tolist()).toEqual([
      [1, 0, 0],
      [2, 0, 0],
    ]);
  });

  test("writes where lists and masks say, and nowhere else", () => {
    const x = zeros([2, 3]);
    setAt_(
      x,
      [
        [0, 1],
        [2, 0],
      ],
      tensor([5, 6]),
    );
    setAt_(x, [tensor([false, true]), "1:"], 7);
    expect(x.tolist()).toEqual([
      [0, 0, 5],
      [6, 7, 7],
    ]);
  });

  test("puts dimensions back that lists had brought together", () => {
    const x = zeros([2, 2, 2]);
    setAt_(
      x,
      [[0, 1], ":", [1, 0]],
      tensor([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(x.tolist()).toEqual([
      [
        [0, 1],
        [0, 2],
      ],
      [
        [3, 0],
        [4, 0],
      ],
    ]);
  });

  test("keeps the last of several values, takes the dtype of x, and says so by returning it", () => {
    const x = zeros([2], { dtype: "int32" });
    expect(setAt_(x, [[0, 0]], tensor([1.5, 2.5]))).toBe(x);
    expect(x.tolist()).toEqual([2, 0]);
  });

  test("leaves everything alone when an index is wrong", () => {
    const x = zeros([2]);
    expect(() => setAt_(x, [[0, 2]], 1)).toThrow("setAt_: index 2 is out of range");
    expect(x.tolist()).toEqual([0, 0]);
  });
});

test("indexPut leaves x alone, adds up, and takes bool tensors", () => {
  const x = zeros([3]);
  expect(indexPut(x, [int([0, 0, 2])], tensor([1, 2, 3]), { accumulate: true }).tolist()).toEqual([3, 0, 3]);
  expect(indexPut(x, [tensor([true, false, true])], 4).tolist()).toEqual([4, 0, 4]);
  expect(x.tolist()).toEqual([0, 0, 0]);
});
