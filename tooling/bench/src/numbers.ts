import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Generator } from "@dl/tensor";
import { draw } from "./draw.ts";
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

export function readNumbers(file: string): Float32Array {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
