import { expect, it } from "vitest";
import { fromBfloat16, fromFloat8E4M3, fromFloat8E5M2, fromFloat16, toBfloat16, toFloat16 } from "../src/floats.ts";
import { files } from "./python/files.ts";

const every16 = Array.from({ length: 65536 }, (_, bits) => bits);

it("rounds to float16 and bfloat16 as PyTorch does", () => {
  const { values, f16, bf16 } = files.half;
  expect(values.map(toFloat16)).toEqual(f16);
  expect(values.map(toBfloat16)).toEqual(bf16);
});

it("reads every float16 and bfloat16 back to the same bits", () => {
  const known = every16.filter((bits) => !Number.isNaN(fromFloat16(bits)));
  expect(known.length).toBe(65536 - 2 * 1023);
  expect(known.filter((bits) => toFloat16(fromFloat16(bits)) !== bits)).toEqual([]);
  const brain = every16.filter((bits) => !Number.isNaN(fromBfloat16(bits)));
  expect(brain.length).toBe(65536 - 2 * 127);
  expect(brain.filter((bits) => toBfloat16(fromBfloat16(bits)) !== bits)).toEqual([]);
});

it("reads the numbers that the formats define", () => {
  expect([0x3c00, 0x7bff, 0x0001, 0x7c00, 0xfc00, 0x7e00].map(fromFloat16)).toEqual([
    1,
    65504,
    2 ** -24,
    Infinity,
    -Infinity,
    NaN,
  ]);
  expect(Object.is(fromFloat16(0x8000), -0)).toBe(true);
  expect([0x00, 0x01, 0x08, 0x38, 0x7e, 0xb8, 0x7f].map(fromFloat8E4M3)).toEqual([
    0,
    2 ** -9,
    2 ** -6,
    1,
    448,
    -1,
    NaN,
  ]);
  expect([0x00, 0x01, 0x3c, 0x7b, 0x7c, 0xfd].map(fromFloat8E5M2)).toEqual([0, 2 ** -16, 1, 57344, Infinity, NaN]);
});

it("turns NaN into a NaN", () => {
  expect([fromFloat16(toFloat16(NaN)), fromBfloat16(toBfloat16(NaN))]).toEqual([NaN, NaN]);
});

it("rounds float64 to float16 at once, not through float32", () => {
  const aboveHalf = 1 + 2 ** -11 + 2 ** -40;
  expect([toFloat16(aboveHalf), toFloat16(Math.fround(aboveHalf))]).toEqual([0x3c01, 0x3c00]);
});
