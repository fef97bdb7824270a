import { describe, expect, test } from "vitest";
import { gemmFlags } from "../../../../src/devices/wasm/kernels.ts";
import { Arena, builds, expectClose } from "./arena.ts";

const sizes = [
  [1, 1, 1],
  [1, 10, 7],
  [2, 3, 4],
  [5, 1, 33],
  [7, 12, 30],
  [6, 8, 16],
  [13, 17, 19],
  [1, 37, 129],
  [64, 10, 128],
  [3, 4, 0],
  [20, 21, 300],
  [41, 520, 270],
  [520, 18, 257],
  [3, 10, 20000],
] as const;

describe.each(builds)("%s", (_, module) => {
  describe.each(sizes)("gemm %i by %i over %i", (m, n, k) => {
    test.each([0, 1, 2, 3, 4, 5, 6, 7])("flags %i", (flags) => {
      const arena = new Arena(module);
      const [a, b, c, bias] = [arena.random(m * k), arena.random(k * n), arena.random(m * n), arena.random(n)];
      const [aAt, bAt, biasAt] = [arena.put(a), arena.put(b), arena.put(bias)];
      const scratch = arena.room(arena.kernels.gemmScratch());
      const plain = arena.put(c);
      const biased = arena.put(c);
      arena.kernels.gemm(m, n, k, aAt, bAt, plain, flags, 0, scratch);
      arena.kernels.gemm(m, n, k, aAt, bAt, biased, flags, biasAt, scratch);
      const tolerance = 1e-6 * Math.sqrt(Math.max(k, 4));
      const product = multiply(m, n, k, a, b, flags);
      const start = (i: number): number => ((flags & gemmFlags.accumulate) === 0 ? 0 : (c[i] as number));
      const shift = (i: number): number => ((flags & gemmFlags.accumulate) === 0 ? (bias[i % n] as number) : start(i));
      expectClose(
        arena.floats(plain, m * n),
        product.map((value, i) => value + start(i)),
        tolerance,
      );
      expectClose(
        arena.floats(biased, m * n),
        product.map((value, i) => value + shift(i)),
        tolerance,
      );
      arena.expectIntact();
    });
  });

  test.each([
    [48, 64, 400],
    [50, 100, 50],
    [7, 24, 8],
    [3, 300, 17],
    [30, 17, 500],
    [25, 47, 63],
  ])("tiles twice as wide give the same bits, %i by %i over %i", (m, n, k) => {
    for (const flags of [0, 1, 2, 3, 4, 5, 6, 7]) {
      for (const biased of [false, true]) {
        const arena = new Arena(module);
        const [aAt, bAt, row] = [m * k, k * n, n].map((count) => arena.put(arena.random(count))) as [
          number,
          number,
          number,
        ];
        const start = arena.random(m * n);
        const scratch = arena.room(arena.kernels.gemmScratch());
        const results = [0, 1].map((double) => {
          const c = arena.put(start);
          arena.kernels.useDoubleTiles(double);
          arena.kernels.gemm(m, n, k, aAt, bAt, c, flags, biased ? row : 0, scratch);
          return arena.floats(c, m * n);
        });
        expect(results[1]).toEqual(results[0]);
        arena.expectIntact();
      }
    }
  });

  test("gives one row the bits that it has among many", () => {
    const arena = new Arena(module);
    const [m, n, k] = [24, 50, 700];
    const a = arena.random(m * k);
    const [aAt, bAt] = [arena.put(a), arena.put(arena.random(k * n))];
    const [all, row, scratch] = [arena.room(m * n * 4), arena.room(n * 4), arena.room(arena.kernels.gemmScratch())];
    for (const flags of [0, gemmFlags.transposeB]) {
      arena.kernels.gemm(m, n, k, aAt, bAt, all, flags, 0, scratch);
      arena.kernels.gemm(1, n, k, aAt + 7 * k * 4, bAt, row, flags, 0, scratch);
      expect(arena.floats(row, n)).toEqual(arena.floats(all + 7 * n * 4, n));
    }
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7])("gives rows the same bits in any split, flags %i", (flags) => {
    const arena = new Arena(module);
    const [m, n, k] = [75, 301, 800];
    const [aAt, bAt] = [arena.put(arena.random(m * k)), arena.put(arena.random(k * n))];
    const start = arena.random(m * n);
    const [whole, split] = [arena.put(start), arena.put(start)];
    const scratch = arena.room(arena.kernels.gemmScratch());
    arena.kernels.gemm(m, n, k, aAt, bAt, whole, flags, 0, scratch);
    for (const [from, to] of [
      [0, 1],
      [1, 12],
      [12, 61],
      [61, m],
    ] as const) {
      arena.kernels.gemmRows(m, n, k, aAt, bAt, split, flags, 0, scratch, from, to);
    }
    expect(arena.floats(split, m * n)).toEqual(arena.floats(whole, m * n));
    arena.expectIntact();
  });
});

test.each([
  [30, 40, 900],
  [30, 9, 900],
  [7, 40, 900],
  [7, 9, 900],
])("without fused multiply-add, %i by %i over %i is one chain in single precision", (m, n, k) => {
  const arena = new Arena(builds[1][1]);
  const [a, b] = [arena.random(m * k), arena.random(k * n)];
  const [aAt, bAt, c] = [arena.put(a), arena.put(b), arena.room(m * n * 4)];
  const scratch = arena.room(arena.kernels.gemmScratch());
  for (const flags of [0, 1, 2, 3]) {
    arena.kernels.gemm(m, n, k, aAt, bAt, c, flags, 0, scratch);
    expect(arena.floats(c, m * n)).toEqual(new Float32Array(multiply(m, n, k, a, b, flags, Math.fround)));
  }
});

/** In double precision, or as `round` leaves every product and sum. */
function multiply(
  m: number,
  n: number,
  k: number,
  a: Float32Array,
  b: Float32Array,
  flags: number,
  round: (x: number) => number = (x) => x,
): Float64Array {
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let p = 0; p < k; p++) {
        const x = a[flags & gemmFlags.transposeA ? p * m + i : i * k + p] as number;
        const y = b[flags & gemmFlags.transposeB ? j * k + p : p * n + j] as number;
        c[i * n + j] = round((c[i * n + j] as number) + round(x * y));
      }
    }
  }
  return c;
}
