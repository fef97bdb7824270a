import { expect, test } from "vitest";
import { readSafetensors } from "../src/safetensors.ts";

function container(header: object, data: number[]): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

test("reads every stored type, wherever it starts", () => {
  const tensors = readSafetensors(
    container(
      {
        __metadata__: { made: "by hand" },
        flag: { dtype: "BOOL", shape: [1], data_offsets: [0, 1] },
        one: { dtype: "F32", shape: [], data_offsets: [1, 5] },
        two: { dtype: "I32", shape: [1, 1], data_offsets: [5, 9] },
        byte: { dtype: "U8", shape: [1], data_offsets: [9, 10] },
        empty: { dtype: "F32", shape: [0, 3], data_offsets: [10, 10] },
      },
      [1, 0, 0, 128, 63, 254, 255, 255, 255, 200],
    ),
  );
  const read = [...tensors].map(([name, { dtype, shape, data }]) => [name, dtype, shape, Array.from(data)]);
  expect(read).toEqual([
    ["flag", "bool", [1], [1]],
    ["one", "float32", [], [1]],
    ["two", "int32", [1, 1], [-2]],
    ["byte", "uint8", [1], [200]],
    ["empty", "float32", [0, 3], []],
  ]);
});

test("refuses other types and headers that are too long", () => {
  const half = container({ x: { dtype: "F16", shape: [1], data_offsets: [0, 2] } }, [0, 0]);
  expect(() => readSafetensors(half)).toThrow("safetensors: x has type F16, known are F32, I32, BOOL and U8");
  expect(() => readSafetensors(container({}, []).subarray(0, 9))).toThrow(
    "safetensors: header of 2 bytes in a file of 9",
  );
});
