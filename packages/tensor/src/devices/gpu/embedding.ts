import { type GatherAttrs, gatherRows, type ScatterAttrs, scatterRows } from "../../ops/embedding/rows.ts";
import type { Tensor } from "../../tensor.ts";
import { outOfRange } from "./alarms.ts";
import { chainsOf, chainsToWgsl } from "./chains.ts";
import { inRange } from "./gather.ts";
import type { GpuKernel } from "./kernel.ts";
import { checkFloat32, runEach } from "./shader.ts";

const gpuGatherRows: GpuKernel<GatherAttrs> = (runtime, inputs, output) => {
  const [table, picks] = inputs as [Tensor, Tensor];
  const [rows, width] = table.shape as [number, number];
  const job = { inputs: { table, picks }, output, whole: { rows, width }, alarm: outOfRange("embedding") };
  runEach(runtime, gpuGatherRows, "", output.size, job, () => ({
    functions: inRange,
    body: "put(index, table(inRange(picks(index / a.width), a.rows) * a.width + index % a.width));",
  }));
};

const gpuScatterRows: GpuKernel<ScatterAttrs> = (runtime, inputs, output, { rows, paddingIdx }) => {
  const [g, picks] = inputs as [Tensor, Tensor];
  checkFloat32("embeddingGradient", [g]);
  const counts = { targets: rows, items: picks.size };
  const chains = chainsOf(
    runtime,
    gpuScatterRows,
    "",
    { ...counts, inputs: { picks }, whole: { padding: paddingIdx } },
    () => `
fn targetOf(item : u32) -> u32 {
  let pick = u32(picks(item));
  return select(pick, a.targets, pick == a.padding);
}`,
  );
  const job = { inputs: { g, chains }, output, whole: { ...counts, width: output.shape[1] as number } };
  runEach(runtime, gpuScatterRows, "sum", output.size, job, () => ({
    functions: chainsToWgsl,
    body: `
    var sum = 0.0;
    for (var item = firstOf(index / a.width); item != none; item = nextOf(item)) {
      sum += g(item * a.width + index % a.width);
    }
    put(index, sum);`,
  }));
  runtime.buffers.give(chains.buffer);
};

export const embeddingKernels = {
  gatherRows: [gatherRows.op, gpuGatherRows],
  scatterRows: [scatterRows.op, gpuScatterRows],
} as const;
