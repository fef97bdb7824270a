import { type Line, type ResampleAttrs, resample, resampleGradient } from "../../ops/vision/resample.ts";
import type { Tensor } from "../../tensor.ts";
import { ravel, spatialDims, unravel } from "./conv-geometry.ts";
import type { GpuKernel } from "./kernel.ts";
import type { Runtime } from "./runtime.ts";
import { checkFloat32, runEach, type Scratch } from "./shader.ts";

const gpuResample: GpuKernel<ResampleAttrs> = (runtime, [x], output, { lines }) =>
  mapPlanes(runtime, "resample", x as Tensor, output, lines.map(gathered));

const gpuResampleGradient: GpuKernel<ResampleAttrs> = (runtime, [g], output, { lines }) =>
  mapPlanes(runtime, "resampleGradient", g as Tensor, output, lines.map(scattered));

export const resampleKernels = {
  resample: [resample.op, gpuResample],
  resampleGradient: [resampleGradient.op, gpuResampleGradient],
} as const;

/** A linear map of one dimension, by what each of its `starts.length - 1` results is made of. */
interface SparseMap {
  readonly size: number;
  /** Result o is the sum of the terms from `starts[o]` to before `starts[o + 1]`. */
  readonly starts: readonly number[];
  readonly places: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

const gathered = ({ size, outputs, taps, indices, weights }: Line): SparseMap => ({
  size,
  starts: Array.from({ length: outputs + 1 }, (_, o) => o * taps),
  places: indices,
  weights,
});

/** The transposed map. */
function scattered({ size, outputs, taps, indices, weights }: Line): SparseMap {
  const counts = new Array<number>(size + 1).fill(0);
  for (const index of indices) counts[index + 1] = (counts[index + 1] as number) + 1;
  for (let i = 0; i < size; i++) counts[i + 1] = (counts[i + 1] as number) + (counts[i] as number);
  const next = counts.slice();
  const places = new Uint32Array(indices.length);
  const shares = new Float64Array(indices.length);
  for (let k = 0; k < outputs * taps; k++) {
    const index = indices[k] as number;
    const at = next[index] as number;
    next[index] = at + 1;
    places[at] = Math.floor(k / taps);
    shares[at] = weights[k] as number;
  }
  return { size: outputs, starts: counts, places, weights: shares };
}

/** Every plane through one map for each of its dimensions. */
function mapPlanes(runtime: Runtime, who: string, x: Tensor, output: Tensor, maps: readonly SparseMap[]): void {
  checkFloat32(who, [x]);
  const dims = spatialDims(maps.length);
  const whole: Record<string, number> = { area: 1, outArea: 1 };
  let words = 0;
  for (const [d, { size, starts, places }] of maps.entries()) {
    const dim = dims[d] as string;
    Object.assign(whole, { [`${dim}Size`]: size, [`${dim}Out`]: starts.length - 1, [`${dim}Table`]: words });
    whole["area"] = (whole["area"] as number) * size;
    whole["outArea"] = (whole["outArea"] as number) * (starts.length - 1);
    words += starts.length + 2 * places.length;
  }
  const table: Scratch = { buffer: runtime.filled(words, (memory) => fillTable(memory, maps)), type: "u32" };
  const job = { inputs: { image: x, table }, output, whole };
  runEach(runtime, mapPlanes, String(dims.length), output.size, job, () => ({
    body: `
    let plane = index / a.outArea * a.area;
    ${unravel(dims, "index % a.outArea", "Out", (dim) => `${dim}At`)}
    ${sumOver(dims, dims)}
    put(index, ${dims[0]}Sum);`,
  }));
  runtime.buffers.give(table.buffer);
}

/** For each dimension where its results start, then the places and weights of all terms. */
function fillTable(memory: ArrayBuffer, maps: readonly SparseMap[]): void {
  const [whole, floats] = [new Uint32Array(memory), new Float32Array(memory)];
  let at = 0;
  for (const { starts, places, weights } of maps) {
    whole.set(starts, at);
    whole.set(places, at + starts.length);
    floats.set(weights, at + starts.length + places.length);
    at += starts.length + 2 * places.length;
  }
}

/** Sums the terms of the first of `rest`, each the sum over the next ones. */
function sumOver(dims: readonly string[], [dim, ...rest]: readonly string[]): string {
  const inner = rest[0];
  const term = inner === undefined ? `image(plane + ${ravel(dims, "Size", "u32", (each) => each)})` : `${inner}Sum`;
  const table = `a.${dim}Table`;
  return `var ${dim}Sum = 0.0;
    for (var ${dim}K = table(${table} + ${dim}At); ${dim}K < table(${table} + ${dim}At + 1u); ${dim}K++) {
      let ${dim} = table(${table} + a.${dim}Out + 1u + ${dim}K);
      ${inner === undefined ? "" : sumOver(dims, rest)}
      let ${dim}Terms = table(${table} + a.${dim}Out);
      ${dim}Sum += ${term} * bitcast<f32>(table(${table} + a.${dim}Out + 1u + ${dim}Terms + ${dim}K));
    }`;
}
