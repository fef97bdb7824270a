import { type GatherAttrs, gather } from "../../ops/index/gather.ts";
import { type IndexAttrs, indexSelect } from "../../ops/index/index-select.ts";
import { type LinearAttrs, linearIndex } from "../../ops/index/linear-index.ts";
import { broadcastStrides, contiguousStrides, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { outOfRange } from "./alarms.ts";
import type { GpuKernel } from "./kernel.ts";
import { placesOver } from "./places.ts";
import { runEach } from "./shader.ts";

/** WGSL: an index that names none of `length` elements is reported, and read as the nearest that does. */
export const inRange = `fn inRange(pick : i32, length : u32) -> u32 {
  if (pick < 0 || u32(pick) >= length) { raise(a.alarm, pick); }
  return min(u32(max(pick, 0)), max(length, 1u) - 1u);
}`;

const gpuGather: GpuKernel<GatherAttrs> = (runtime, [x, index], output, { dim }) => {
  const { shape } = x as Tensor;
  const strides = contiguousStrides(shape);
  const lines = output.shape.map((_, at) => (at === dim ? 0 : (strides[at] ?? 0)));
  const { rank, whole, wgsl } = placesOver(output.shape, { x: lines });
  const job = {
    inputs: { x: x as Tensor, picks: index as Tensor },
    output,
    whole: { length: shape[dim] ?? 1, step: strides[dim] ?? 1, ...whole },
    alarm: outOfRange("gather"),
  };
  runEach(runtime, gpuGather, String(rank), output.size, job, () => ({
    functions: inRange,
    body: `${wgsl}
    put(index, x(xBase + inRange(picks(index), a.length) * a.step));`,
  }));
};

const gpuIndexSelect: GpuKernel<IndexAttrs> = (runtime, [x, index], output, { dim }) => {
  const { shape } = x as Tensor;
  const job = {
    inputs: { x: x as Tensor, picks: index as Tensor },
    output,
    whole: { length: shape[dim] ?? 1, run: sizeOf(shape.slice(dim + 1)), count: (index as Tensor).size },
    alarm: outOfRange("indexSelect"),
  };
  runEach(runtime, gpuIndexSelect, "", output.size, job, () => ({
    functions: inRange,
    body: `let slab = index / a.run;
    let pick = inRange(picks(slab % a.count), a.length);
    put(index, x((slab / a.count * a.length + pick) * a.run + index % a.run));`,
  }));
};

const gpuLinearIndex: GpuKernel<LinearAttrs> = (runtime, indices, output, { who, sizes }) => {
  const named = indices.map((index, k) => [`picks${k}`, index] as const);
  const strides = named.map(([name, index]) => [name, broadcastStrides(index, output.shape)] as const);
  const { rank, whole, wgsl } = placesOver(output.shape, Object.fromEntries(strides));
  const lengths = Object.fromEntries(sizes.map((size, k) => [`size${k}`, size]));
  const job = {
    inputs: Object.fromEntries(named),
    output,
    whole: { ...lengths, ...whole },
    alarm: outOfRange(who),
  };
  runEach(runtime, gpuLinearIndex, `${rank} ${indices.length}`, output.size, job, () => ({
    functions: `${inRange}
fn fromStart(pick : i32, length : u32) -> u32 { return inRange(select(pick, pick + i32(length), pick < 0), length); }`,
    body: `${wgsl}
    var at = 0u;
    ${named.map(([name], k) => `at = at * a.size${k} + fromStart(${name}(${name}Base), a.size${k});`).join("\n    ")}
    put(index, i32(at));`,
  }));
};

export const gatherKernels = {
  gather: [gather.op, gpuGather],
  indexSelect: [indexSelect.op, gpuIndexSelect],
  linearIndex: [linearIndex.op, gpuLinearIndex],
} as const;
