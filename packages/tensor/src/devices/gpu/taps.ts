import { gatherTaps, type ScatterAttrs, scatterTaps, weighTaps } from "../../ops/vision/taps.ts";
import type { Tensor } from "../../tensor.ts";
import { chainsOf, chainsToWgsl } from "./chains.ts";
import type { GpuKernel } from "./kernel.ts";
import { checkFloat32, runEach } from "./shader.ts";

const gpuGatherTaps: GpuKernel = (runtime, inputs, output) => {
  const [x, weights, places] = inputs as [Tensor, Tensor, Tensor];
  checkFloat32("gatherTaps", [x, weights]);
  const job = { inputs: { x, weights, places }, output, whole: sizesOf(x, weights) };
  runEach(runtime, gpuGatherTaps, "", output.size, job, () => ({
    body: `
    let plane = index / a.points;
    let first = (plane / a.channels * a.points + index % a.points) * a.taps;
    var sum = 0.0;
    for (var tap = first; tap < first + a.taps; tap++) {
      let place = places(tap);
      sum += weights(tap) * select(0.0, x(plane * a.size + u32(place)), place >= 0);
    }
    put(index, sum);`,
  }));
};

const gpuScatterTaps: GpuKernel<ScatterAttrs> = (runtime, inputs, output) => {
  const [g, weights, places] = inputs as [Tensor, Tensor, Tensor];
  checkFloat32("scatterTaps", [g, weights]);
  const sizes = sizesOf(output, weights);
  const counts = { targets: (output.shape[0] as number) * sizes.size, items: places.size };
  const chains = chainsOf(
    runtime,
    gpuScatterTaps,
    "",
    { ...counts, inputs: { places }, whole: sizes },
    () => `
fn targetOf(item : u32) -> u32 {
  let place = places(item);
  return select(a.targets, item / (a.points * a.taps) * a.size + u32(place), place >= 0);
}`,
  );
  const job = { inputs: { g, weights, chains }, output, whole: { ...counts, ...sizes } };
  runEach(runtime, gpuScatterTaps, "sum", output.size, job, () => ({
    functions: chainsToWgsl,
    body: `
    let plane = index / a.size;
    var sum = 0.0;
    for (var item = firstOf(plane / a.channels * a.size + index % a.size); item != none; item = nextOf(item)) {
      sum += weights(item) * g(plane * a.points + item / a.taps % a.points);
    }
    put(index, sum);`,
  }));
  runtime.buffers.give(chains.buffer);
};

const gpuWeighTaps: GpuKernel = (runtime, inputs, output) => {
  const [g, x, places] = inputs as [Tensor, Tensor, Tensor];
  checkFloat32("weighTaps", [g, x]);
  const job = { inputs: { g, x, places }, output, whole: sizesOf(x, places) };
  runEach(runtime, gpuWeighTaps, "", output.size, job, () => ({
    body: `
    let point = index / a.taps;
    let place = places(index);
    var sum = 0.0;
    if (place >= 0) {
      for (var c = 0u; c < a.channels; c++) {
        let plane = point / a.points * a.channels + c;
        sum += g(plane * a.points + point % a.points) * x(plane * a.size + u32(place));
      }
    }
    put(index, sum);`,
  }));
};

export const tapKernels = {
  gatherTaps: [gatherTaps.op, gpuGatherTaps],
  scatterTaps: [scatterTaps.op, gpuScatterTaps],
  weighTaps: [weighTaps.op, gpuWeighTaps],
} as const;

/** Of planes `x` `[n, c, s]` and taps `[n, p, t]`. */
function sizesOf(x: Tensor, taps: Tensor): { channels: number; size: number; points: number; taps: number } {
  const [, channels, size] = x.shape as [number, number, number];
  const [, points, count] = taps.shape as [number, number, number];
  return { channels, size, points, taps: count };
}
