import { type Geometry, ravel, unravel } from "./conv-geometry.ts";
import type { Runtime } from "./runtime.ts";
import { runEach, type Scratch } from "./shader.ts";

/**
 * WGSL: an element of an image by its `Window`, which is an element of the output, and its `Tap`, a channel and an
 * element of the kernel; 0 where they meet in the padding. Conditions are joined by `&`: of `&&` compilers make branches,
 * and some of them take minutes over the branches of several elements.
 */
export const windowsToWgsl = (dims: readonly string[]): string => `${tapStruct(dims)}
struct Window { at : i32, ${dims.map((dim) => `${dim} : i32`).join(", ")} }
fn windowAt(matrix : u32, index : u32) -> Window {
  ${unravel(dims, "index % a.outArea", "Out", (dim) => `${dim}At`)}
  ${dims.map((dim) => `let ${dim} = i32(${dim}At * a.${dim}Stride) - i32(a.${dim}Pad);`).join("\n  ")}
  let plane = (index / a.outArea * a.groups + matrix) * a.channels;
  return Window(i32(plane * a.area) + ${ravel(dims, "Size", "i32", (dim) => dim)}, ${dims.join(", ")});
}
fn placed(tap : Tap) -> Tap {
  var found = tap;
  found.at = tap.at * i32(a.area) + ${ravel(dims, "Size", "i32", (dim) => `tap.${dim}`)};
  return found;
}
fn elementOf(window : Window, tap : Tap) -> f32 {
  let inside = ${dims.map((dim) => `(u32(window.${dim} + tap.${dim}) < a.${dim}Size)`).join(" & ")};
  return select(0.0, image(u32(window.at + tap.at)), inside);
}`;

/**
 * WGSL: the element of `g` that an element of the image, a `Pixel`, meets by way of a `Tap`; 0 where there is none, for
 * example between strides.
 */
export function pixelsToWgsl(dims: readonly string[], stride: readonly number[]): string {
  const apart = dims.filter((_, d) => (stride[d] as number) > 1);
  const place = (dim: string): string => (apart.includes(dim) ? `${dim}Place` : `u32(${dim})`);
  const meets = [
    ...dims.map((dim) => `(${dim} >= 0) & (${place(dim)} < a.${dim}Out)`),
    ...apart.map((dim) => `(${dim}Place * a.${dim}Stride == u32(${dim}))`),
  ];
  return `${tapStruct(dims)}
struct Pixel { plane : u32, ${dims.map((dim) => `${dim} : i32`).join(", ")} }
fn pixelAt(matrix : u32, index : u32) -> Pixel {
  ${unravel(dims, "index % a.area", "Size", (dim) => dim)}
  let plane = (index / a.area * a.groups + matrix) * a.outputs;
  return Pixel(plane, ${dims.map((dim) => `i32(${dim} + a.${dim}Pad)`).join(", ")});
}
fn elementOf(pixel : Pixel, tap : Tap) -> f32 {
  ${dims.map((dim) => `let ${dim} = pixel.${dim} - tap.${dim};`).join("\n  ")}
  ${apart.map((dim) => `let ${dim}Place = u32(${dim}) / a.${dim}Stride;`).join("\n  ")}
  let at = (pixel.plane + u32(tap.at)) * a.outArea + ${ravel(dims, "Out", "u32", place)};
  return select(0.0, g(at), ${meets.join(" & ")});
}`;
}

/** The taps of `planes` channels one after the other, which would cost too much to compute again and again. */
export function tapTable(runtime: Runtime, { dims, taps, whole }: Geometry, planes: number): Scratch {
  const words = 1 + dims.length;
  const table: Scratch = { buffer: runtime.buffers.take(planes * taps * words), type: "i32" };
  runEach(runtime, tapTable, `${dims.length}`, planes * taps, { inputs: {}, output: table, whole }, () => ({
    functions: tapStruct(dims) + tapAt(dims),
    body: `
    let tap = tapAt(index);
    ${["at", ...dims].map((name, word) => `put(index * ${words}u + ${word}u, tap.${name});`).join("\n    ")}`,
  }));
  return table;
}

/** WGSL for tap `index` of the input `table`. */
export const tapFromTable = (dims: readonly string[], index: string): string =>
  `Tap(${["at", ...dims].map((_, word) => `table(${index} * ${1 + dims.length}u + ${word}u)`).join(", ")})`;

/** WGSL: tap `index`. Its `at` is the channel. */
export const tapAt = (dims: readonly string[]): string => `
fn tapAt(index : u32) -> Tap {
  ${unravel(dims, "index % a.taps", "Kernel", (dim) => `${dim}Tap`)}
  return Tap(i32(index / a.taps), ${dims.map((dim) => `i32(${dim}Tap * a.${dim}Step)`).join(", ")});
}`;

const tapStruct = (dims: readonly string[]): string =>
  `\nstruct Tap { at : i32, ${dims.map((dim) => `${dim} : i32`).join(", ")} }`;
