import type { Tensor } from "../../tensor.ts";
import { type Geometry, ravel, unravel } from "./conv-geometry.ts";
import { eachOf, runRows } from "./rows.ts";
import type { Runtime } from "./runtime.ts";
import { runEach } from "./shader.ts";

/** One thread for each output: for groups of few channels, of which depthwise convolutions are made. */
export function directConvolution(
  runtime: Runtime,
  { dims, whole }: Geometry,
  image: Tensor,
  weight: Tensor,
  bias: Tensor | undefined,
  output: Tensor,
): void {
  const job = { inputs: { image, weight, ...(bias && { bias }) }, output, whole };
  runEach(runtime, directConvolution, `${dims.length} ${bias !== undefined}`, output.size, job, () => ({
    body: `
    let plane = index / a.outArea;
    let channel = plane % (a.groups * a.outputs);
    let group = channel / a.outputs;
    let images = (plane / (a.groups * a.outputs) * a.groups + group) * a.channels;
    ${unravel(dims, "index % a.outArea", "Out", (dim) => `${dim}At`)}
    var sum = 0.0;
    for (var c = 0u; c < a.channels; c++) {
      var part = 0.0;
      var tap = (channel * a.channels + c) * a.taps;
      ${eachTap(
        dims,
        (dim) => `let ${dim} = i32(${dim}At * a.${dim}Stride + ${dim}Tap * a.${dim}Step) - i32(a.${dim}Pad);`,
        `if (${dims.map((dim) => `u32(${dim}) < a.${dim}Size`).join(" && ")}) {
        part += weight(tap) * image((images + c) * a.area + u32(${ravel(dims, "Size", "i32", (dim) => dim)}));
      }
      tap++;`,
      )}
      sum += part;
    }
    put(index, sum${bias === undefined ? "" : " + bias(channel)"});`,
  }));
}

/** One thread for each input. */
export function directInputGradient(
  runtime: Runtime,
  { dims, whole }: Geometry,
  g: Tensor,
  weight: Tensor,
  output: Tensor,
): void {
  const job = { inputs: { g, weight }, output, whole };
  runEach(runtime, directInputGradient, `${dims.length}`, output.size, job, () => ({
    body: `
    let plane = index / a.area;
    let group = plane / a.channels % a.groups;
    let c = plane % a.channels;
    let images = (plane / (a.channels * a.groups) * a.groups + group) * a.outputs;
    ${unravel(dims, "index % a.area", "Size", (dim) => `${dim}At`)}
    var sum = 0.0;
    for (var o = 0u; o < a.outputs; o++) {
      var part = 0.0;
      var tap = ((group * a.outputs + o) * a.channels + c) * a.taps;
      ${eachTap(
        dims,
        (dim) => `let ${dim}Full = ${dim}At + a.${dim}Pad - ${dim}Tap * a.${dim}Step;
      let ${dim} = ${dim}Full / a.${dim}Stride;`,
        `if (${dims.map((dim) => `${dim}At + a.${dim}Pad >= ${dim}Tap * a.${dim}Step && ${dim}Full % a.${dim}Stride == 0u && ${dim} < a.${dim}Out`).join(" && ")}) {
        part += weight(tap) * g((images + o) * a.outArea + ${ravel(dims, "Out", "u32", (dim) => dim)});
      }
      tap++;`,
      )}
      sum += part;
    }
    put(index, sum);`,
  }));
}

/** One row of products for each element of the weight. */
export function directWeightGradient(
  runtime: Runtime,
  { dims, batch, outArea, whole }: Geometry,
  g: Tensor,
  image: Tensor,
  output: Tensor,
): void {
  const rows = { rows: output.size, length: batch * outArea };
  const job = { inputs: { g, image }, output, whole: { ...whole, length: rows.length } };
  runRows(
    runtime,
    directWeightGradient,
    `${dims.length}`,
    rows,
    job,
    () => `
    let channel = index / (a.channels * a.taps);
    let c = index / a.taps % a.channels;
    ${unravel(dims, "index % a.taps", "Kernel", (dim) => `${dim}Tap`)}
    var own = 0.0;
    ${eachOf("a.length")} {
      let n = i / a.outArea;
      ${unravel(dims, "i % a.outArea", "Out", (dim) => `${dim}At`)}
      ${dims.map((dim) => `let ${dim} = i32(${dim}At * a.${dim}Stride + ${dim}Tap * a.${dim}Step) - i32(a.${dim}Pad);`).join("\n      ")}
      if (${dims.map((dim) => `u32(${dim}) < a.${dim}Size`).join(" && ")}) {
        let plane = (n * a.groups + channel / a.outputs) * a.channels + c;
        own += g((n * a.groups * a.outputs + channel) * a.outArea + i % a.outArea)
          * image(plane * a.area + u32(${ravel(dims, "Size", "i32", (dim) => dim)}));
      }
    }
    let sum = total(lane, own);
    if (lane == 0u) { put(index, sum); }`,
  );
}

/** Loops over the elements of the kernel, `zTap`, `yTap`, `xTap`, with statements at the head of each and in the last. */
const eachTap = (dims: readonly string[], head: (dim: string) => string, body: string): string =>
  dims.reduceRight(
    (inside, dim) => `for (var ${dim}Tap = 0u; ${dim}Tap < a.${dim}Kernel; ${dim}Tap++) {
      ${head(dim)}
      ${inside}
    }`,
    body,
  );
