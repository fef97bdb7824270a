import { batchIndices } from "../../ops/linalg/batch.ts";
import { factoredSystem } from "../../ops/linalg/cholesky-solve.ts";
import { type TriangularAttrs, triangularSystem } from "../../ops/linalg/triangular.ts";
import type { Tensor } from "../../tensor.ts";
import type { GpuKernel } from "./kernel.ts";
import type { Runtime } from "./runtime.ts";
import { checkFloat32, runEach, type Scratch } from "./shader.ts";

const gpuTriangular: GpuKernel<TriangularAttrs> = (runtime, [matrices, b], output, { upper, unitriangular }) =>
  substitute(runtime, "solveTriangular", `${upper} ${unitriangular}`, matrices as Tensor, b as Tensor, output, () =>
    solved(ofMatrix, upper, !unitriangular),
  );

/** `L` first, then its transpose. */
const gpuFactored: GpuKernel = (runtime, [b, matrices], output) =>
  substitute(
    runtime,
    "choleskySolve",
    "factored",
    matrices as Tensor,
    b as Tensor,
    output,
    () => solved(ofMatrix, false, true) + solved((i, p) => ofMatrix(p, i), true, true),
  );

export const systemKernels = {
  factoredSystem: [factoredSystem.op, gpuFactored],
  triangularSystem: [triangularSystem.op, gpuTriangular],
} as const;

/** Which matrix and which right side each of the output's systems has: an input `pairs`, read by `pairOf`. */
export function systemPairs(runtime: Runtime, matrices: Tensor, b: Tensor, output: Tensor): Scratch {
  const batch = output.shape.slice(0, -2);
  const pairs = [...batchIndices(matrices, batch), ...batchIndices(b, batch)];
  const buffer = runtime.filled(pairs.length, (memory) => new Uint32Array(memory).set(pairs));
  return { buffer, type: "u32" };
}

/** WGSL that reads the input `pairs`. There is a call for each column. */
export const pairOf = `
fn matrixOf(system : u32) -> u32 { return pairs(system); }
fn sideOf(system : u32) -> u32 { return pairs(a.indices / a.k + system); }`;

/** A thread for each column of the right sides. */
function substitute(
  runtime: Runtime,
  who: string,
  variant: string,
  matrices: Tensor,
  b: Tensor,
  output: Tensor,
  passes: () => string,
): void {
  checkFloat32(who, [matrices, b]);
  const [n, k] = output.shape.slice(-2) as [number, number];
  if (output.size === 0) return;
  const pairs = systemPairs(runtime, matrices, b, output);
  const job = { inputs: { matrices, b, pairs }, output, whole: { n, k } };
  runEach(runtime, substitute, variant, output.size / n, job, () => ({
    functions: pairOf,
    body: `
    let base = matrixOf(index / a.k) * a.n * a.n;
    let side = sideOf(index / a.k) * a.n * a.k + index % a.k;
    let start = index / a.k * a.n * a.k + index % a.k;
    for (var i = 0u; i < a.n; i++) { put(start + i * a.k, b(side + i * a.k)); }
    ${passes()}`,
  }));
  runtime.buffers.give(pairs.buffer);
}

const ofMatrix = (i: string, p: string): string => `matrices(base + ${i} * a.n + ${p})`;

/**
 * WGSL that solves a triangular system in place, for the column of the output that begins at `start`. The rows are taken
 * in turn, the last one first if `backward`; `element` is that of row i and column p.
 */
export const solved = (element: (i: string, p: string) => string, backward: boolean, divide: boolean): string => `
    for (var step = 0u; step < a.n; step++) {
      let i = ${backward ? "a.n - 1u - step" : "step"};
      var rest = made(start + i * a.k);
      for (var p = ${backward ? "i + 1u" : "0u"}; p < ${backward ? "a.n" : "i"}; p++) {
        rest -= ${element("i", "p")} * made(start + p * a.k);
      }
      put(start + i * a.k, rest${divide ? ` / ${element("i", "i")}` : ""});
    }`;
