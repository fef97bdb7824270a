import { describe, expect, test } from "vitest";
import {
  arange,
  Generator,
  generateSquareSubsequentMask,
  gruCell,
  logicalNot,
  maskedFill,
  matmul,
  memoryStats,
  ones,
  packPaddedSequence,
  packSequence,
  padPackedSequence,
  padSequence,
  randn,
  rotaryPositions,
  scaledDotProductAttention,
  sinusoidalPositions,
  type Tensor,
  tensor,
  transpose,
  tril,
  unpackSequence,
  unpadSequence,
  zeros,
} from "../../src/index.ts";

const generator = new Generator(1);
const floats = (...shape: number[]): Tensor => randn(shape, { dtype: "float64", generator });
const distance = (x: Tensor, y: Tensor): number => Math.max(...x.sub(y).abs().toArray());

describe("packed sequences", () => {
  const sequences = [tensor([1, 2]), tensor([3, 4, 5]), tensor([6])];

  test("hold the first elements of all, longest sequence first, then the second ones", () => {
    const packed = packSequence(sequences, { enforceSorted: false });
    expect(packed.data.tolist()).toEqual([3, 1, 6, 4, 2, 5]);
    expect(packed.batchSizes).toEqual([3, 2, 1]);
    expect([packed.sortedIndices, packed.unsortedIndices]).toEqual([
      [1, 0, 2],
      [1, 0, 2],
    ]);
  });

  test("come back in their first order, padded", () => {
    const packed = packSequence(sequences, { enforceSorted: false });
    const { padded, lengths } = padPackedSequence(packed, { batchFirst: true, paddingValue: -1, totalLength: 4 });
    expect(padded.tolist()).toEqual([
      [1, 2, -1, -1],
      [3, 4, 5, -1],
      [6, -1, -1, -1],
    ]);
    expect(lengths).toEqual([2, 3, 1]);
    expect(unpackSequence(packed).map((x) => x.tolist())).toEqual(sequences.map((x) => x.tolist()));
  });

  test("are the same from either layout", () => {
    const x = arange(24).reshape([3, 2, 4]);
    const [first, second] = [
      packPaddedSequence(x, [3, 1]),
      packPaddedSequence(transpose(x, 0, 1), [3, 1], { batchFirst: true }),
    ];
    expect(first.data.tolist()).toEqual(second.data.tolist());
    expect(first.data.shape).toEqual([4, 4]);
    expect(padPackedSequence(first).padded.shape).toEqual([3, 2, 4]);
  });

  test("padding can be undone", () => {
    const padded = padSequence(sequences);
    expect(padded.shape).toEqual([3, 3]);
    expect(unpadSequence(padded, [2, 3, 1]).map((x) => x.tolist())).toEqual(sequences.map((x) => x.tolist()));
  });
});

describe("single steps", () => {
  test("of a GRU keep the state where the update gate is open", () => {
    const weights = { weightIh: zeros([6, 3]), weightHh: zeros([6, 2]), biasIh: tensor([0, 0, 50, 50, 1, 1]) };
    expect(distance(gruCell(ones([1, 3]), tensor([[0.3, -2]]), weights), tensor([[0.3, -2]]))).toBeLessThan(1e-6);
  });
});

describe("scaledDotProductAttention", () => {
  const [q, k, v] = [floats(2, 3, 4), floats(2, 5, 4), floats(2, 5, 2)];

  test("takes a bool mask for one of numbers", () => {
    const attnMask = tril(ones([3, 5], { dtype: "bool" }));
    const numbers = maskedFill(zeros([3, 5], { dtype: "float64" }), logicalNot(attnMask), Number.NEGATIVE_INFINITY);
    const [first, second] = [attnMask, numbers].map((each) => scaledDotProductAttention(q, k, v, { attnMask: each }));
    expect(distance(first as Tensor, second as Tensor)).toBe(0);
  });

  test("is causal as the mask says", () => {
    const square = floats(2, 3, 4);
    const attnMask = generateSquareSubsequentMask(3).to("float64");
    const masked = scaledDotProductAttention(square, square, square, { attnMask });
    expect(distance(scaledDotProductAttention(square, square, square, { isCausal: true }), masked)).toBe(0);
  });

  test("of many elements never holds all scores", () => {
    const x = randn([2, 2048, 4], { generator, device: "wasm" });
    expect(scaledDotProductAttention(x, x, x).shape).toEqual(x.shape);
    expect(memoryStats()?.peak).toBeLessThan(4 * 2048 * 2048);
  });

  test("drops weights with probability dropoutP", () => {
    const [zero, all] = [1, 0].map((dropoutP) => scaledDotProductAttention(q, k, v, { dropoutP, generator }));
    expect(Math.max(...(zero as Tensor).abs().toArray())).toBe(0);
    expect(distance(all as Tensor, scaledDotProductAttention(q, k, v))).toBe(0);
  });
});

describe("positions", () => {
  test("as sines and cosines", () => {
    const row = sinusoidalPositions(4, 4).at(3).toArray();
    const expected = [Math.sin(3), Math.cos(3), Math.sin(0.03), Math.cos(0.03)];
    expect(Math.max(...expected.map((value, i) => Math.abs(value - (row[i] as number))))).toBeLessThan(1e-7);
  });

  test("as turns: products depend on differences only", () => {
    const [x, y] = [floats(1, 6), floats(1, 6)];
    const product = (i: number, j: number): number =>
      matmul(rotaryPositions(x, { offset: i }), transpose(rotaryPositions(y, { offset: j }))).item();
    expect(product(7, 3)).toBeCloseTo(product(14, 10), 12);
    expect(product(7, 3)).not.toBeCloseTo(product(7, 4), 3);
  });

  test("as turns of a whole sequence go on at an offset", () => {
    const x = floats(2, 5, 4);
    const whole = rotaryPositions(x);
    expect(distance(rotaryPositions(x.at(":", "3:"), { offset: 3 }), whole.at(":", "3:"))).toBe(0);
  });
});
