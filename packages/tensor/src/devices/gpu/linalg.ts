import { choleskyFactor } from "../../ops/linalg/cholesky.ts";
import { determinant, determinantSign, logAbsDeterminant } from "../../ops/linalg/determinant.ts";
import { type InverseAttrs, inverse, solveMatrices } from "../../ops/linalg/inverse.ts";
import type { Tensor } from "../../tensor.ts";
import type { GpuKernel } from "./kernel.ts";
import type { Runtime } from "./runtime.ts";
import { checkFloat32, runEach, runTogether, type Scratch } from "./shader.ts";
import { pairOf, solved, systemPairs } from "./systems.ts";

/** `A⁻¹`: factored by a workgroup for each matrix, then a thread for each column. */
const gpuInverse: GpuKernel<InverseAttrs> = (runtime, [x], output, { unchecked = false }) => {
  const { lu, n } = factored(runtime, unchecked ? undefined : "inv", x as Tensor);
  runEach(
    runtime,
    gpuInverse,
    "",
    output.size / Math.max(1, n),
    { inputs: { lu }, output, whole: { n, k: n } },
    () => ({
      functions: `
fn rightSide(row : u32, column : u32) -> f32 { return select(0.0, 1.0, row == column); }`,
      body: `
    let base = index / a.n * ${matrixWords};
    ${substitute()}`,
    }),
  );
  runtime.buffers.give(lu.buffer);
};

const gpuSolve: GpuKernel = (runtime, inputs, output) => {
  const [matrices, b] = inputs as [Tensor, Tensor];
  checkFloat32("solve", inputs);
  const { lu, n } = factored(runtime, "solve", matrices);
  const k = output.shape.at(-1) as number;
  const pairs = systemPairs(runtime, matrices, b, output);
  const count = output.size / Math.max(1, n);
  runEach(runtime, gpuSolve, "", count, { inputs: { lu, b, pairs }, output, whole: { n, k } }, () => ({
    functions: `${pairOf}
var<private> sideAt : u32;
fn rightSide(row : u32, column : u32) -> f32 { return b(sideAt + row * a.k + column); }`,
    body: `
    let base = matrixOf(index / a.k) * ${matrixWords};
    sideAt = sideOf(index / a.k) * a.n * a.k;
    ${substitute()}`,
  }));
  for (const { buffer } of [lu, pairs]) runtime.buffers.give(buffer);
};

/** One number of each factored matrix: folds `value`s of the diagonal from `start`. */
function ofDiagonal(who: string, start: string, step: string): GpuKernel {
  const kernel: GpuKernel = (runtime, [x], output) => {
    checkFloat32(who, [x as Tensor]);
    const { lu, n } = factored(runtime, undefined, x as Tensor);
    runEach(runtime, kernel, "", output.size, { inputs: { lu }, output, whole: { n } }, () => ({
      body: `
    let base = index * ${matrixWords};
    var result = ${start};
    for (var i = 0u; i < a.n; i++) { let pivot = lu(base + i * (a.n + 1u)); result ${step}; }
    put(index, result);`,
    }));
    runtime.buffers.give(lu.buffer);
  };
  return kernel;
}

/** 1 for matrices of no rows, which are not factored. */
const permutationSign = "select(lu(base + a.n * a.n + a.n), 1.0, a.n == 0u)";

const gpuCholesky: GpuKernel = (runtime, [x], output) => {
  checkFloat32("cholesky", [x as Tensor]);
  const n = output.shape.at(-1) as number;
  const alarm = "cholesky: matrix % of the batch is not positive-definite";
  const job = { inputs: { x: x as Tensor }, output, whole: { n }, alarm };
  runTogether(runtime, gpuCholesky, "", lanes, output.size / Math.max(1, n * n), job, () => ({
    body: `
    let base = index * a.n * a.n;
    for (var j = 0u; j < a.n; j++) {
      for (var i = lane; i < a.n; i += ${lanes}u) {
        var rest = select(0.0, x(base + i * a.n + j), i >= j);
        if (i >= j) { for (var k = 0u; k < j; k++) { rest -= made(base + i * a.n + k) * made(base + j * a.n + k); } }
        put(base + i * a.n + j, rest);
      }
      storageBarrier();
      let head = made(base + j * a.n + j);
      if (lane == 0u && !(head > 0.0)) { raise(a.alarm, i32(index)); }
      storageBarrier();
      for (var i = j + lane; i < a.n; i += ${lanes}u) {
        put(base + i * a.n + j, made(base + i * a.n + j) / sqrt(head));
      }
      storageBarrier();
    }`,
  }));
};

export const linalgKernels = {
  choleskyFactor: [choleskyFactor.op, gpuCholesky],
  determinant: [determinant.op, ofDiagonal("det", permutationSign, "*= pivot")],
  determinantSign: [determinantSign.op, ofDiagonal("detSign", permutationSign, "*= sign(pivot)")],
  inverse: [inverse.op, gpuInverse],
  logAbsDeterminant: [logAbsDeterminant.op, ofDiagonal("logabsdet", "0.0", "+= log(abs(pivot))")],
  solveMatrices: [solveMatrices.op, gpuSolve],
} as const;

/** Threads that share a matrix. */
const lanes = 64;

/** Of a factored matrix: U and L, the order of its rows, the sign of that permutation. */
const matrixWords = "(a.n * a.n + a.n + 1u)";

/** Every matrix of `x` as `P A = L U`. `who` is named where one is singular, if that is an error. */
function factored(runtime: Runtime, who: string | undefined, x: Tensor): { lu: Scratch; n: number } {
  checkFloat32(who ?? "lu", [x]);
  const n = x.shape.at(-1) as number;
  const count = n === 0 ? 0 : x.size / (n * n);
  const lu: Scratch = { buffer: runtime.buffers.take(count * (n * n + n + 1)), type: "f32" };
  const alarm = who === undefined ? undefined : `${who}: matrix % of the batch is singular`;
  runTogether(runtime, factored, "", lanes, count, { inputs: { x }, output: lu, whole: { n }, alarm }, () => ({
    body: `
    let base = index * ${matrixWords};
    let order = base + a.n * a.n;
    for (var i = lane; i < a.n * a.n; i += ${lanes}u) { put(base + i, x(index * a.n * a.n + i)); }
    for (var i = lane; i < a.n; i += ${lanes}u) { put(order + i, f32(i)); }
    var swaps = 1.0;
    storageBarrier();
    for (var k = 0u; k < a.n; k++) {
      var pivot = k;
      var head = made(base + k * a.n + k);
      for (var i = k + 1u; i < a.n; i++) {
        let other = made(base + i * a.n + k);
        if (abs(other) > abs(head)) { head = other; pivot = i; }
      }
      storageBarrier();
      if (pivot != k) {
        swaps = -swaps;
        for (var j = lane; j < a.n; j += ${lanes}u) {
          let kept = made(base + k * a.n + j);
          put(base + k * a.n + j, made(base + pivot * a.n + j));
          put(base + pivot * a.n + j, kept);
        }
        if (lane == 0u) {
          let kept = made(order + k);
          put(order + k, made(order + pivot));
          put(order + pivot, kept);
        }
      }
      ${alarm === undefined ? "" : "if (lane == 0u && head == 0.0) { raise(a.alarm, i32(index)); }"}
      storageBarrier();
      if (head != 0.0) {
        for (var i = k + 1u + lane; i < a.n; i += ${lanes}u) {
          let factor = made(base + i * a.n + k) / head;
          put(base + i * a.n + k, factor);
          for (var j = k + 1u; j < a.n; j++) { put(base + i * a.n + j, made(base + i * a.n + j) - factor * made(base + k * a.n + j)); }
        }
      }
      storageBarrier();
    }
    if (lane == 0u) { put(order + a.n, swaps); }`,
  }));
  return { lu, n };
}

const ofFactors = (i: string, p: string): string => `lu(base + ${i} * a.n + ${p})`;

/** Column `index % a.k` of the solution for the matrix at `base`: through L, then through U. */
const substitute = (): string => `
    let column = index % a.k;
    let start = index / a.k * a.n * a.k + column;
    for (var i = 0u; i < a.n; i++) { put(start + i * a.k, rightSide(u32(lu(base + a.n * a.n + i)), column)); }
    ${solved(ofFactors, false, false)}
    ${solved(ofFactors, true, true)}`;
