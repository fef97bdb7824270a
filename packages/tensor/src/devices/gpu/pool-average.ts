import { type AverageAttrs, averagePool, averagePoolGradient } from "../../ops/pool/average.ts";
import type { Tensor } from "../../tensor.ts";
import { ravel, unravel } from "./conv-geometry.ts";
import type { GpuKernel } from "./kernel.ts";
import { eachInWindow, ownWindow, windowsOf } from "./pool-windows.ts";
import { checkFloat32, runEach } from "./shader.ts";

const gpuAveragePool: GpuKernel<AverageAttrs> = (runtime, [x], output, attrs) => {
  checkFloat32("averagePool", [x as Tensor]);
  const { dims, variant, whole, table, functions } = windowsOf(runtime, attrs);
  const { divisor } = attrs;
  const job = {
    inputs: { image: x as Tensor, ...(table && { table }) },
    output,
    whole,
    floats: { divisor: divisor ?? 1 },
  };
  // Row by row: a window may be a whole image, and a long sum of float32 would lose more.
  const [row, rest] = [dims.slice(-1), dims.slice(0, -1)];
  runEach(runtime, gpuAveragePool, `${variant} ${divisor !== undefined}`, output.size, job, () => ({
    functions: functions(),
    body: `${ownWindow(dims)}
    let plane = index / a.windows * a.area;
    var sum = 0.0;
    ${eachInWindow(
      rest,
      `var part = 0.0;
      ${eachInWindow(row, `part += image(plane + ${ravel(dims, "Size", "u32", (dim) => dim)});`)}
      sum += part;`,
    )}
    put(index, sum / ${divisorOf(dims, divisor, "At")});`,
  }));
  if (table !== undefined) runtime.buffers.give(table.buffer);
};

const gpuAveragePoolGradient: GpuKernel<AverageAttrs> = (runtime, [g], output, attrs) => {
  checkFloat32("averagePoolGradient", [g as Tensor]);
  const { dims, variant, whole, table, functions } = windowsOf(runtime, attrs);
  const { divisor } = attrs;
  const job = { inputs: { g: g as Tensor, ...(table && { table }) }, output, whole, floats: { divisor: divisor ?? 1 } };
  runEach(runtime, gpuAveragePoolGradient, `${variant} ${divisor !== undefined}`, output.size, job, () => ({
    functions: functions(),
    body: `
    ${unravel(dims, "index % a.area", "Size", (dim) => `${dim}At`)}
    let plane = index / a.area * a.windows;
    var sum = 0.0;
    ${dims.reduceRight(
      (inside, dim) => `for (var ${dim} = ${dim}First(${dim}At); ${dim} < ${dim}Past(${dim}At); ${dim}++) {
      ${inside}
    }`,
      `sum += g(plane + ${ravel(dims, "Out", "u32", (dim) => dim)}) / ${divisorOf(dims, divisor, "")};`,
    )}
    put(index, sum);`,
  }));
  if (table !== undefined) runtime.buffers.give(table.buffer);
};

/** What the sum of the window at `xAt` …, or `x` …, is divided by. */
const divisorOf = (dims: readonly string[], divisor: number | undefined, suffix: string): string =>
  divisor === undefined ? `f32(${dims.map((dim) => `${dim}Count(${dim}${suffix})`).join(" * ")})` : "a.divisor";

export const averagePoolKernels = {
  averagePool: [averagePool.op, gpuAveragePool],
  averagePoolGradient: [averagePoolGradient.op, gpuAveragePoolGradient],
} as const;
