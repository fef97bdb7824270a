import type { PoolAttrs } from "../../ops/pool/average.ts";
import { spatialDims, unravel } from "./conv-geometry.ts";
import type { Runtime } from "./runtime.ts";
import type { Scratch } from "./shader.ts";

/** The windows of a pool for shaders. */
export interface Windows {
  readonly dims: readonly string[];
  /** Tells apart the sources that `functions` makes. */
  readonly variant: string;
  /** `xSize`, `xOut` … of each dimension, `area` and `windows` of all, and what the functions need. */
  readonly whole: Readonly<Record<string, number>>;
  /** The input that the functions read where windows differ; give its buffer back. */
  readonly table: Scratch | undefined;
  /**
   * WGSL: `xStart(o)` and `xEnd(o)`, the elements of window o, `a.xStep` apart; `xCount(o)`, how many it counts for;
   * `xFirst(i)` and `xPast(i)`, the windows that element i may be in.
   */
  functions(): string;
}

export function windowsOf(runtime: Runtime, { spans, window }: PoolAttrs): Windows {
  const dims = spatialDims(spans.length);
  const whole: Record<string, number> = {
    area: spans.reduce((total, { size }) => total * size, 1),
    windows: spans.reduce((total, { starts }) => total * starts.length, 1),
  };
  for (const [d, { size, starts, step }] of spans.entries()) {
    const dim = dims[d] as string;
    Object.assign(whole, { [`${dim}Size`]: size, [`${dim}Out`]: starts.length, [`${dim}Step`]: step });
    if (window === undefined) continue;
    const [kernel, stride, padding] = [window.kernel[d], window.stride[d], window.padding[d]] as [
      number,
      number,
      number,
    ];
    const reach = step * (kernel - 1) + 1;
    Object.assign(whole, { [`${dim}Reach`]: reach, [`${dim}Stride`]: stride, [`${dim}Pad`]: padding });
  }
  if (window !== undefined) {
    const variant = `${dims.length} alike ${window.countPad}`;
    return {
      dims,
      variant,
      whole,
      table: undefined,
      functions: () => dims.map((dim) => alike(dim, window.countPad)).join(""),
    };
  }
  const words: number[] = [];
  for (const [d, { starts, ends, counts }] of spans.entries()) {
    whole[`${dims[d]}Table`] = words.length;
    words.push(...starts, ...ends, ...counts);
  }
  const buffer = runtime.filled(words.length, (memory) => new Uint32Array(memory).set(words));
  const functions = (): string => dims.map(different).join("");
  return { dims, variant: `${dims.length} different`, whole, table: { buffer, type: "u32" }, functions };
}

/** WGSL: the window that element `index` of the output is, `xAt` …, and its elements, `xFrom` to `xTo` …. */
export const ownWindow = (dims: readonly string[]): string => `
    ${unravel(dims, "index % a.windows", "Out", (dim) => `${dim}At`)}
    ${dims.map((dim) => `let ${dim}From = ${dim}Start(${dim}At); let ${dim}To = ${dim}End(${dim}At);`).join("\n    ")}`;

/** Loops over the elements of a window between `xFrom` and `xTo` …, as `x` …. */
export const eachInWindow = (dims: readonly string[], body: string): string =>
  dims.reduceRight(
    (inside, dim) => `for (var ${dim} = ${dim}From; ${dim} < ${dim}To; ${dim} += a.${dim}Step) {
      ${inside}
    }`,
    body,
  );

const alike = (dim: string, countPad: boolean): string => `
fn ${dim}Start(o : u32) -> u32 {
  let corner = o * a.${dim}Stride;
  if (corner >= a.${dim}Pad) { return corner - a.${dim}Pad; }
  let out = a.${dim}Pad - corner;
  return (out + a.${dim}Step - 1u) / a.${dim}Step * a.${dim}Step - out;
}
fn ${dim}End(o : u32) -> u32 { return min(o * a.${dim}Stride + a.${dim}Reach, a.${dim}Size + a.${dim}Pad) - a.${dim}Pad; }
fn ${dim}Count(o : u32) -> u32 {
  return ${
    countPad
      ? `min(a.${dim}Reach, a.${dim}Size + 2u * a.${dim}Pad - o * a.${dim}Stride)`
      : `${dim}End(o) - ${dim}Start(o)`
  };
}
fn ${dim}First(i : u32) -> u32 {
  let behind = i + a.${dim}Pad + 1u;
  return select(0u, (behind - a.${dim}Reach + a.${dim}Stride - 1u) / a.${dim}Stride, behind > a.${dim}Reach);
}
fn ${dim}Past(i : u32) -> u32 { return min(a.${dim}Out, (i + a.${dim}Pad) / a.${dim}Stride + 1u); }`;

const different = (dim: string): string => `
fn ${dim}Start(o : u32) -> u32 { return table(a.${dim}Table + o); }
fn ${dim}End(o : u32) -> u32 { return table(a.${dim}Table + a.${dim}Out + o); }
fn ${dim}Count(o : u32) -> u32 { return table(a.${dim}Table + 2u * a.${dim}Out + o); }
fn ${dim}First(i : u32) -> u32 {
  var o = 0u;
  while (o < a.${dim}Out && ${dim}End(o) <= i) { o++; }
  return o;
}
fn ${dim}Past(i : u32) -> u32 {
  var o = a.${dim}Out;
  while (o > 0u && ${dim}Start(o - 1u) > i) { o--; }
  return o;
}`;
