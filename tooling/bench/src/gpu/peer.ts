import { Generator } from "@dl/tensor";
import { draw } from "../draw.ts";
import { type Build, Data } from "../peers/peer.ts";
import type { FileOfNumbers } from "../protocol.ts";
import type { Case, Input } from "../suite.ts";

/** A library under test on the GPU; all of them share one page, and so one GPU. */
export interface GpuPeer {
  readonly name: string;
  readonly versions: string;
  /** Cases it can run, by id. */
  readonly cases: Readonly<Record<string, Build>>;
  /** Makes its tensors and runs be on the GPU from now on. */
  start(): Promise<unknown>;
  /** Waits until the GPU has done all that was asked of it. */
  settle(): Promise<unknown>;
}

/** The numbers of a case in memory; the same every time. Drawn on the current device, which has to be the CPU. */
export function dataOf({ inputs, parameters }: Case): Data {
  const generator = new Generator(7);
  const memory = new Map<string, ArrayBuffer>();
  const drawn = (prefix: string, group: Readonly<Record<string, Input>>): Record<string, FileOfNumbers> =>
    Object.fromEntries(
      Object.entries(group).map(([name, input]) => {
        const file = `${prefix} ${name}`;
        memory.set(file, draw(input, generator).buffer as ArrayBuffer);
        return [name, { file, shape: input.shape, dtype: input.classes === undefined ? "float32" : "int32" }];
      }),
    );
  const files = { inputs: drawn("input", inputs), parameters: drawn("parameter", parameters) };
  return new Data(files, (file) => (memory.get(file) as ArrayBuffer).slice(0));
}
