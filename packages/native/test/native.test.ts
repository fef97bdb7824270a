import {
  addmm,
  baddbmm,
  bmm,
  conv1d,
  conv2d,
  convTranspose2d,
  expand,
  linear,
  matmul,
  setThreads,
  type Tensor,
  tensor,
  transpose,
  useGemm,
  zeros,
} from "@dl/tensor";
import { convolutionWeightGradient } from "@dl/tensor/primitives";
import { afterEach, describe, expect, test, vi } from "vitest";
import { installAdvice } from "../src/library.ts";
import { nativeLibrary, useNative } from "../src/native.ts";

const library = nativeLibrary();

afterEach(() => useNative(false));

/** Whole numbers from -3 to 3, so that any order of summing gives the same float32. */
const integers = (...shape: number[]): Tensor => {
  const size = shape.reduce((product, each) => product * each, 1);
  return tensor(
    Float32Array.from({ length: size }, (_, i) => ((i * 2654435761) % 7) - 3),
    { shape },
  );
};

const tall = integers(40, 24);
const wide = integers(24, 56);
const image = integers(2, 8, 12, 10);
const attrs = { stride: [1, 1], padding: [2, 2], dilation: [1, 1], groups: 2, output: [12, 10] };

/** Each with the number of products that it comes to. */
const cases: Readonly<Record<string, readonly [products: number, run: () => Tensor]>> = {
  matmul: [1, () => matmul(tall, wide)],
  "matmul, A turned": [1, () => matmul(transpose(integers(24, 40), 0, 1), wide)],
  "matmul, B turned": [1, () => matmul(tall, transpose(integers(56, 24), 0, 1))],
  "matmul, B turned, few rows": [1, () => matmul(integers(3, 24), transpose(integers(56, 24), 0, 1))],
  "matmul, both turned": [1, () => matmul(transpose(integers(24, 40), 0, 1), transpose(integers(56, 24), 0, 1))],
  "matmul, strided": [1, () => matmul(integers(40, 48).at(":", "::2"), wide)],
  "matmul, part of a matrix": [1, () => matmul(integers(50, 60).at("3:43", "5:29"), wide)],
  "matmul, nothing to sum": [1, () => matmul(zeros([3, 0]), zeros([0, 4]))],
  "matmul, batch against one": [1, () => matmul(integers(2, 3, 9, 24), wide)],
  "matmul, batch shared": [5, () => matmul(expand(tall, [5, 40, 24]), integers(5, 24, 8))],
  bmm: [4, () => bmm(integers(4, 7, 9), transpose(integers(4, 6, 9), 1, 2))],
  "addmm, row": [1, () => addmm(integers(56), tall, wide)],
  "addmm, matrix": [1, () => addmm(integers(40, 56), tall, wide)],
  "addmm, column": [1, () => addmm(integers(40, 1), tall, wide)],
  baddbmm: [4, () => baddbmm(integers(4, 7, 6), integers(4, 7, 9), integers(4, 9, 6))],
  linear: [1, () => linear(tall, integers(16, 24), integers(16))],
  conv1d: [2, () => conv1d(integers(2, 6, 40), integers(16, 6, 3), integers(16), { padding: 1 })],
  conv2d: [2, () => conv2d(image, integers(16, 8, 5, 5), integers(16), { padding: 2 })],
  "conv2d, no bias": [2, () => conv2d(image, integers(16, 8, 3, 3), undefined, { stride: 2, padding: 2 })],
  "conv2d, groups, dilation": [4, () => conv2d(image, integers(32, 4, 3, 2), integers(32), { groups: 2, dilation: 2 })],
  "conv2d, 1 by 1": [2, () => conv2d(integers(2, 16, 12, 10), integers(24, 16, 1, 1), integers(24))],
  "conv2d, 3 by 3": [0, () => conv2d(image, integers(16, 8, 3, 3))],
  "conv2d, too few channels": [0, () => conv2d(image, integers(4, 8, 3, 2))],
  convTranspose2d: [2, () => convTranspose2d(integers(2, 16, 6, 5), integers(16, 8, 3, 3), undefined, { stride: 2 })],
  "convTranspose2d, 1 by 1": [2, () => convTranspose2d(integers(2, 16, 6, 5), integers(16, 16, 1, 1))],
  "gradient of the weight": [
    4,
    () => convolutionWeightGradient(integers(2, 32, 12, 10), image, { ...attrs, shape: [32, 4, 5, 5] }),
  ],
};

describe.skipIf(library === undefined)(`products by ${library ?? `a library; skipped: ${installAdvice()}`}`, () => {
  test.each(Object.entries(cases))("%s", (_, [products, run]) => {
    const own = run();
    useNative();
    const native = useGemm();
    let count = 0;
    useGemm((product) => {
      count++;
      native?.(product);
    });
    const result = run();
    expect(result.shape).toEqual(own.shape);
    expect(result.toArray()).toEqual(own.toArray());
    expect(count).toBe(products);
  });

  test("after the memory has grown", () => {
    useNative();
    const before = matmul(tall, wide).toArray();
    const large = integers(3000, 3000);
    expect(large.at(-1, -1).item()).toBeLessThan(4);
    expect(matmul(tall, wide).toArray()).toEqual(before);
  });

  test("in memory that threads share", async () => {
    const before = matmul(tall, wide).toArray();
    await setThreads(2);
    try {
      useNative();
      expect(matmul(tall, wide).toArray()).toEqual(before);
      expect(conv2d(image, integers(16, 8, 5, 5)).shape).toEqual([2, 16, 8, 6]);
    } finally {
      await setThreads(1);
    }
  });

  test("what is in use, and back", () => {
    const first = useNative();
    expect(first.library).toBe(library);
    const gemm = useGemm();
    useGemm(gemm);
    const second = useNative({ library: first.library });
    second.stop();
    expect(useGemm(gemm)).toBe(gemm);
    first.stop();
    expect(useGemm()).toBeUndefined();
  });

  test("threads", () => {
    const { config } = useNative();
    if (!config.startsWith("OpenBLAS")) {
      expect(() => useNative({ threads: 2 })).toThrow("has no setting for threads, asked for 2");
      return;
    }
    expect(useNative().threads).toBe(1);
    expect(useNative({ threads: 2 }).threads).toBe(2);
    expect(matmul(tall, wide).shape).toEqual([40, 56]);
    useNative({ threads: 1 });
  });
});

describe("errors", () => {
  test("a library that is none", () => {
    expect(() => useNative({ library: "/nowhere/libblas.so" })).toThrow(
      /^useNative: library names no BLAS library: "\/nowhere\/libblas\.so" \(.*\); .*set DL_BLAS/s,
    );
    expect(useGemm()).toBeUndefined();
  });

  test("no library", () => {
    vi.spyOn(process, "platform", "get").mockReturnValue(process.platform === "win32" ? "linux" : "win32");
    expect(nativeLibrary()).toBeUndefined();
    expect(() => useNative()).toThrow(`useNative: no BLAS library is found; ${installAdvice()}`);
    vi.restoreAllMocks();
  });

  test("DL_BLAS", () => {
    const before = process.env["DL_BLAS"];
    process.env["DL_BLAS"] = "/nowhere/libblas.so";
    try {
      expect(() => useNative()).toThrow('useNative: DL_BLAS names no BLAS library: "/nowhere/libblas.so"');
      expect(() => nativeLibrary()).toThrow("DL_BLAS names no BLAS library");
    } finally {
      if (before === undefined) delete process.env["DL_BLAS"];
      else process.env["DL_BLAS"] = before;
    }
  });

  test.each([0, 1.5, Number.NaN])("threads: %d", (threads) => {
    expect(() => useNative({ threads })).toThrow(`useNative: threads must be a whole number from 1 on, got ${threads}`);
  });
});
