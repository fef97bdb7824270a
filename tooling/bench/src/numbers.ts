import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Generator, mul, randint, randn } from "@dl/tensor";
import type { FileOfNumbers, Files } from "./protocol.ts";
import type { Case, Input } from "./suite.ts";

/** Writes the numbers of a case into `folder`; the same every time. */
export function writeInputs(folder: string, { inputs, parameters }: Case): Files {
  const generator = new Generator(7);
  const write = (prefix: string, group: Readonly<Record<string, Input>>): Record<string, FileOfNumbers> =>
    Object.fromEntries(
      Object.entries(group).map(([name, input], i) => {
        const file = join(folder, `${prefix}-${i}.bin`);
        const data = draw(input, generator);
        writeFileSync(file, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
        return [name, { file, shape: input.shape, dtype: data instanceof Int32Array ? "int32" : "float32" }];
      }),
    );
  return { inputs: write("input", inputs), parameters: write("parameter", parameters) };
}

function draw({ shape, scale = 1, mean = 0, classes }: Input, generator: Generator): Float32Array | Int32Array {
  if (classes !== undefined) return Int32Array.from(randint(0, classes, [...shape], { generator }).toArray());
  const normal = mul(randn([...shape], { generator }), scale).toArray() as ArrayLike<number>;
  return Float32Array.from(normal, (each) => each + mean);
}

export function readNumbers(file: string): Float32Array {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** The largest difference, relative to the largest number; infinite where lengths or NaNs differ. */
export function difference(given: Float32Array, wanted: Float32Array): number {
  if (given.length !== wanted.length) return Number.POSITIVE_INFINITY;
  let largest = Number.MIN_VALUE;
  let apart = 0;
  for (let i = 0; i < wanted.length; i++) {
    const [a, b] = [given[i] as number, wanted[i] as number];
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, Math.abs(b));
    apart = Math.max(apart, Math.abs(a - b));
  }
  return apart / largest;
}
