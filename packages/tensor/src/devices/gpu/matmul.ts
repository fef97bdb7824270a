import { broadcastStrides, type Shape, sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { bufferOf, type GpuKernel, notOnGpu, wholeArgument } from "./kernel.ts";
import { mostArguments, type Runtime } from "./runtime.ts";
import { walkOver, walkToWgsl } from "./walk.ts";

/** A product of matrices, in tiles that go through workgroup memory. */
export const gpuMatmul: GpuKernel = (runtime, [x, y], output) =>
  multiply(runtime, gpuMatmul, x as Tensor, y as Tensor, output);

/** The same, started from a bias. */
export const gpuAddmm: GpuKernel = (runtime, [bias, x, y], output) =>
  multiply(runtime, gpuAddmm, x as Tensor, y as Tensor, output, bias as Tensor);

/** Rows and columns of the output that a workgroup computes; each of its 8 × 8 threads computes 4 × 4. */
const tile = 32;
/** How much of the inner dimension is in workgroup memory at a time. */
const depth = 16;

function multiply(runtime: Runtime, owner: object, x: Tensor, y: Tensor, output: Tensor, bias?: Tensor): void {
  const operands = bias === undefined ? [x, y] : [x, y, bias];
  const other = operands.find(({ dtype }) => dtype !== "float32");
  if (other !== undefined) throw notOnGpu(bias === undefined ? "matmul" : "addmm", `for ${other.dtype}`);
  if (bias !== undefined && bias.ndim > 2) throw notOnGpu("addmm", "for a bias with a batch");
  if (output.size === 0) return;
  const [m, n] = output.shape.slice(-2) as [number, number];
  const k = x.shape.at(-1) as number;
  const batch = output.shape.slice(0, -2);
  const walk = walkOver(batch, [batchOf(x, batch), batchOf(y, batch)]);
  const biasSteps = bias === undefined ? [] : [bias.offset, ...broadcastStrides(bias, [m, n])];
  const whole = [
    m,
    n,
    k,
    sizeOf(batch),
    output.offset,
    ...x.strides.slice(-2),
    ...y.strides.slice(-2),
    ...biasSteps,
    ...walk.whole,
  ];
  const most = runtime.device.limits.maxComputeWorkgroupsPerDimension;
  const program = runtime.program(owner, `${walk.rank}`, operands.length, () => shader(walk.rank, bias !== undefined));
  runtime.call(program, {
    inputs: operands.map(bufferOf),
    output: bufferOf(output),
    whole,
    groups: [Math.ceil(n / tile), Math.ceil(m / tile), Math.min(sizeOf(batch), most)],
  });
}

const batchOf = ({ shape, strides, offset }: Tensor, batch: Shape): { strides: readonly number[]; offset: number } => ({
  strides: broadcastStrides({ shape: shape.slice(0, -2), strides: strides.slice(0, -2), offset: 0 }, batch),
  offset,
});

function shader(batchRank: number, biased: boolean): string {
  const [m, n, k, batches, out, xRow, xColumn, yRow, yColumn, biasAt, biasRow, biasColumn] = Array.from(
    { length: 12 },
    (_, i) => wholeArgument(i),
  );
  const start = biased ? `bias[${biasAt} + (top + i) * ${biasRow} + (left + j) * ${biasColumn}]` : "0.0";
  return `
@group(0) @binding(0) var<uniform> arguments : array<vec4<u32>, ${mostArguments / 4}>;
@group(0) @binding(1) var<storage, read> x : array<f32>;
@group(0) @binding(2) var<storage, read> y : array<f32>;
${biased ? "@group(0) @binding(3) var<storage, read> bias : array<f32>;" : ""}
@group(0) @binding(${biased ? 4 : 3}) var<storage, read_write> output : array<f32>;
var<workgroup> xTile : array<f32, ${depth * tile}>;
var<workgroup> yTile : array<f32, ${depth * tile}>;

@compute @workgroup_size(8, 8)
fn main(
  @builtin(workgroup_id) group : vec3<u32>,
  @builtin(num_workgroups) groups : vec3<u32>,
  @builtin(local_invocation_id) own : vec3<u32>,
  @builtin(local_invocation_index) thread : u32,
) {
  let top = group.y * ${tile}u + own.y * 4u;
  let left = group.x * ${tile}u + own.x * 4u;
  for (var matrix = group.z; matrix < ${batches}; matrix += groups.z) {
    ${walkToWgsl(batchRank, 2, biased ? 12 : 9, "matrix")}
    var sums : array<vec4<f32>, 4>;
    for (var i = 0u; i < 4u; i++) {
      for (var j = 0u; j < 4u; j++) {
        if (top + i < ${m} && left + j < ${n}) { sums[i][j] = ${start}; }
      }
    }
    for (var start = 0u; start < ${k}; start += ${depth}u) {
      for (var s = thread; s < ${depth * tile}u; s += 64u) {
        let row = group.y * ${tile}u + s / ${depth}u;
        let inner = start + s % ${depth}u;
        var value = 0.0;
        if (row < ${m} && inner < ${k}) { value = x[at0 + row * ${xRow} + inner * ${xColumn}]; }
        xTile[(s % ${depth}u) * ${tile}u + s / ${depth}u] = value;
      }
      for (var s = thread; s < ${depth * tile}u; s += 64u) {
        let inner = start + s / ${tile}u;
        let column = group.x * ${tile}u + s % ${tile}u;
        var value = 0.0;
        if (inner < ${k} && column < ${n}) { value = y[at1 + inner * ${yRow} + column * ${yColumn}]; }
        yTile[s] = value;
      }
      workgroupBarrier();
      for (var p = 0u; p < ${depth}u; p++) {
        let at = p * ${tile}u + own.x * 4u;
        let row = vec4<f32>(yTile[at], yTile[at + 1u], yTile[at + 2u], yTile[at + 3u]);
        for (var i = 0u; i < 4u; i++) { sums[i] += xTile[p * ${tile}u + own.y * 4u + i] * row; }
      }
      workgroupBarrier();
    }
    for (var i = 0u; i < 4u; i++) {
      for (var j = 0u; j < 4u; j++) {
        if (top + i < ${m} && left + j < ${n}) { output[${out} + (matrix * ${m} + top + i) * ${n} + left + j] = sums[i][j]; }
      }
    }
  }
}
`;
}
