import type { Engine } from "../devices/wasm/engine.ts";
import { gemmFlags } from "../devices/wasm/kernels.ts";
import type { WasmKernel } from "../op.ts";
import { broadcastStrides, contiguousStrides, type Shape, sizeOf } from "../shape.ts";
import { forEachRun } from "../strided.ts";
import type { Tensor } from "../tensor.ts";

type None = Readonly<Record<never, never>>;

const isMatrixInput = (x: Tensor): boolean => x.dtype === "float32" && !x.isNumber;

/** Blocked GEMM, once for each matrix of the batch; transposed operands are read as they are. */
export const wasmMatmul: WasmKernel<None> = {
  supports: (inputs, output) => inputs.every(isMatrixInput) && output.size > 0,
  run: ([x, y], output, _, engine) => multiply(engine, x as Tensor, y as Tensor, output, 0),
};

/** The same, started from a row of biases, or from a whole matrix of them. */
export const wasmAddmm: WasmKernel<None> = {
  supports: (inputs, output) => inputs.every(isMatrixInput) && output.size > 0,
  run([bias, x, y], output, _, engine) {
    const given = bias as Tensor;
    const address = engine.address(given);
    if (isRow(given, output)) return multiply(engine, x as Tensor, y as Tensor, output, address);
    engine.copyStrided({ address, strides: broadcastStrides(given, output.shape) }, output.shape, engine.address(output));
    multiply(engine, x as Tensor, y as Tensor, output, 0, gemmFlags.accumulate);
  },
};

const isRow = (bias: Tensor, { shape }: Tensor): boolean => bias.isContiguous && bias.shape.at(-1) === shape.at(-1) && bias.size === shape.at(-1);

function multiply(engine: Engine, x: Tensor, y: Tensor, output: Tensor, bias: number, more = 0): void {
  const [m, n] = output.shape.slice(-2) as [number, number];
  const k = x.shape.at(-1) as number;
  const batch = output.shape.slice(0, -2);
  const { kernels } = engine;
  withMatrix(engine, x, batch, (left) => {
    withMatrix(engine, y, batch, (right) => {
      const flags = more | (left.transposed ? gemmFlags.transposeA : 0) | (right.transposed ? gemmFlags.transposeB : 0);
      let c = engine.address(output);
      engine.withScratch(kernels.gemmScratch(), (scratch) => {
        forEachRun(batch, [left.strides, right.strides], [0, 0], (starts, steps, length) => {
          for (let b = 0; b < length; b++, c += 4 * m * n) {
            const a = left.address + 4 * ((starts[0] as number) + b * (steps[0] as number));
            const other = right.address + 4 * ((starts[1] as number) + b * (steps[1] as number));
            kernels.gemm(m, n, k, a, other, c, flags, bias, scratch);
          }
        });
      });
    });
  });
}

/** A batch of matrices that GEMM can read: rows or columns are packed. */
interface Matrices {
  readonly address: number;
  readonly transposed: boolean;
  /** Of the batch, in elements. */
  readonly strides: readonly number[];
}

/** Calls `body` with `x` as it lies in memory if GEMM can read it so, else with a packed copy. */
function withMatrix(engine: Engine, x: Tensor, batch: Shape, body: (matrices: Matrices) => void): void {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const [rowStep, step] = x.strides.slice(-2) as [number, number];
  const straight = (columns === 1 || step === 1) && (rows === 1 || rowStep === columns);
  const transposed = !straight && (rows === 1 || rowStep === 1) && (columns === 1 || step === rows);
  const own = x.shape.slice(0, -2);
  const over = (strides: readonly number[]): readonly number[] => broadcastStrides({ shape: own, strides: strides.slice(0, -2), offset: 0 }, batch);
  if (straight || transposed) return body({ address: engine.address(x), transposed, strides: over(x.strides) });
  engine.withScratch(4 * sizeOf(x.shape), (address) => {
    engine.copyStrided({ address: engine.address(x), strides: x.strides }, x.shape, address);
    body({ address, transposed: false, strides: over(contiguousStrides(x.shape)) });
  });
}
