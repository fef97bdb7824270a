import type { PoolAttrs } from "../../ops/pool/average.ts";
import {
  maxPoolAt,
  maxPoolGradient,
  maxPoolIndices,
  maxUnpool,
  type PoolAtAttrs,
  type UnpoolAttrs,
} from "../../ops/pool/max.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { outOfRange } from "./alarms.ts";
import { chainsOf, chainsToWgsl } from "./chains.ts";
import { ravel } from "./conv-geometry.ts";
import { inRange } from "./gather.ts";
import type { GpuKernel } from "./kernel.ts";
import { eachInWindow, ownWindow, windowsOf } from "./pool-windows.ts";
import type { Runtime } from "./runtime.ts";
import { checkFloat32, runEach } from "./shader.ts";

const gpuMaxPoolIndices: GpuKernel<PoolAttrs> = (runtime, [x], output, attrs) => {
  checkFloat32("maxPool", [x as Tensor]);
  const { dims, variant, whole, table, functions } = windowsOf(runtime, attrs);
  const job = { inputs: { image: x as Tensor, ...(table && { table }) }, output, whole };
  runEach(runtime, gpuMaxPoolIndices, variant, output.size, job, () => ({
    functions: functions(),
    body: `${ownWindow(dims)}
    let plane = index / a.windows * a.area;
    var place = ${ravel(dims, "Size", "u32", (dim) => `${dim}From`)};
    var best = image(plane + place);
    ${eachInWindow(
      dims,
      `let at = ${ravel(dims, "Size", "u32", (dim) => dim)};
      let value = image(plane + at);
      if (value > best || isNan(value)) { best = value; place = at; }`,
    )}
    put(index, i32(place));`,
  }));
  if (table !== undefined) runtime.buffers.give(table.buffer);
};

const gpuMaxPoolAt: GpuKernel<PoolAtAttrs> = (runtime, inputs, output, { spatial }) => {
  const [x, picks] = inputs as [Tensor, Tensor];
  const planes = planesOf(x.shape.slice(-spatial), output.shape.slice(-spatial));
  runEach(runtime, gpuMaxPoolAt, "", output.size, { inputs: { x, picks }, output, whole: planes }, () => ({
    body: "put(index, x(index / a.windows * a.area + u32(picks(index))));",
  }));
};

const gpuMaxPoolGradient: GpuKernel<UnpoolAttrs> = (runtime, inputs, output, { size }) => {
  const [g, picks] = inputs as [Tensor, Tensor];
  checkFloat32("maxPoolGradient", [g]);
  const { chains, whole } = chainsInPlanes(runtime, picks, output, size);
  runEach(runtime, gpuMaxPoolGradient, "", output.size, { inputs: { g, chains }, output, whole }, () => ({
    functions: chainsToWgsl,
    body: `
    var sum = 0.0;
    for (var item = firstOf(index); item != none; item = nextOf(item)) { sum += g(item); }
    put(index, sum);`,
  }));
  runtime.buffers.give(chains.buffer);
};

const gpuMaxUnpool: GpuKernel<UnpoolAttrs> = (runtime, inputs, output, { size }) => {
  const [x, picks] = inputs as [Tensor, Tensor];
  checkFloat32("maxUnpool", [x]);
  const { chains, whole } = chainsInPlanes(runtime, picks, output, size);
  const job = { inputs: { x, picks, chains }, output, whole, alarm: outOfRange("maxUnpool") };
  runEach(runtime, gpuMaxUnpool, "", Math.max(output.size, x.size), job, () => ({
    functions: chainsToWgsl + inRange,
    body: `
    if (index < a.items) { _ = inRange(picks(index), a.area); }
    if (index < a.targets) {
      let item = lastOf(index);
      if (item == none) { put(index, 0.0); } else { put(index, x(item)); }
    }`,
  }));
  runtime.buffers.give(chains.buffer);
};

export const maxPoolKernels = {
  maxPoolAt: [maxPoolAt.op, gpuMaxPoolAt],
  maxPoolGradient: [maxPoolGradient.op, gpuMaxPoolGradient],
  maxPoolIndices: [maxPoolIndices.op, gpuMaxPoolIndices],
  maxUnpool: [maxUnpool.op, gpuMaxUnpool],
} as const;

const planesOf = (sizes: Shape, windows: Shape): { area: number; windows: number } => ({
  area: sizeOf(sizes),
  windows: sizeOf(windows),
});

/** Which windows point to each element of the planes of `output`. */
function chainsInPlanes(runtime: Runtime, picks: Tensor, output: Tensor, size: Shape) {
  const counts = { targets: output.size, items: picks.size };
  const planes = planesOf(size, picks.shape.slice(-size.length));
  const arrivals = { ...counts, inputs: { picks }, whole: planes };
  const chains = chainsOf(
    runtime,
    chainsInPlanes,
    "",
    arrivals,
    () => `
fn targetOf(item : u32) -> u32 {
  let pick = u32(picks(item));
  return select(a.targets, item / a.windows * a.area + pick, pick < a.area);
}`,
  );
  return { chains, whole: { ...counts, ...planes } };
}
