import type { Engine } from "../devices/wasm/engine.ts";
import { currentGemm } from "../devices/wasm/gemm.ts";
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
    engine.copyStrided(
      { address, strides: broadcastStrides(given, output.shape) },
      output.shape,
      engine.address(output),
    );
    multiply(engine, x as Tensor, y as Tensor, output, 0, gemmFlags.accumulate);
  },
};

const isRow = (bias: Tensor, { shape }: Tensor): boolean =>
  bias.isContiguous && bias.shape.at(-1) === shape.at(-1) && bias.size === shape.at(-1);

interface Sizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

function multiply(engine: Engine, x: Tensor, y: Tensor, output: Tensor, bias: number, more = 0): void {
  const { shape } = output;
  const sizes = {
    m: shape[shape.length - 2] as number,
    n: shape[shape.length - 1] as number,
    k: x.shape[x.shape.length - 1] as number,
  };
  engine.multiplies(output.size * sizes.k);
  const c = engine.address(output);
  if (shape.length === 2) {
    const [left, right] = [orderOf(x), orderOf(y)];
    if (left >= 0 && right >= 0) {
      product(
        engine,
        sizes,
        engine.address(x),
        engine.address(y),
        c,
        more | (left * gemmFlags.transposeA) | (right * gemmFlags.transposeB),
        bias,
      );
      return;
    }
  }
  const batch = shape.slice(0, -2);
  withMatrix(engine, x, batch, (left) => {
    withMatrix(engine, y, batch, (right) => {
      const flags = more | (left.transposed ? gemmFlags.transposeA : 0) | (right.transposed ? gemmFlags.transposeB : 0);
      let to = c;
      forEachRun(batch, [left.strides, right.strides], [0, 0], (starts, steps, count) => {
        const run = {
          count,
          a: { address: left.address + 4 * (starts[0] as number), step: 4 * (steps[0] as number) },
          b: { address: right.address + 4 * (starts[1] as number), step: 4 * (steps[1] as number) },
          c: { address: to, step: 4 * sizes.m * sizes.n },
        };
        products(engine, sizes, run, flags, bias);
        to += count * run.c.step;
      });
    });
  });
}

/** The first matrix, and the bytes from one to the next. */
interface Run {
  readonly address: number;
  readonly step: number;
}

/** `count` products of packed matrices, with the flags of `gemm`. */
export function products(
  engine: Engine,
  sizes: Sizes,
  { count, a, b, c }: { readonly count: number; readonly a: Run; readonly b: Run; readonly c: Run },
  flags: number,
  bias = 0,
): void {
  const { kernels } = engine;
  const { m, n, k } = sizes;
  if (currentGemm() === undefined && !turnsRound(sizes, flags)) {
    engine.withScratch(kernels.gemmScratch(), (scratch) =>
      kernels.gemmBatch(count, a.step, b.step, c.step, m, n, k, a.address, b.address, c.address, flags, bias, scratch),
    );
    return;
  }
  for (let i = 0; i < count; i++)
    product(engine, sizes, a.address + i * a.step, b.address + i * b.step, c.address + i * c.step, flags, bias);
}

/** Up to so many rows, packing a transposed B costs more than turning the product round. */
const fewRows = 16;

const turnsRound = ({ m, n }: Sizes, flags: number): boolean =>
  (flags & ~gemmFlags.accumulate) === gemmFlags.transposeB && m > 1 && n > 1 && m <= fewRows;

function product(engine: Engine, sizes: Sizes, a: number, b: number, c: number, flags: number, bias: number): void {
  const { kernels } = engine;
  const { m, n, k } = sizes;
  const accumulates = (flags & gemmFlags.accumulate) !== 0;
  const gemm = currentGemm();
  if (gemm !== undefined && Math.min(m, n) > 1) {
    if (bias !== 0) engine.copyStrided({ address: bias, strides: [0, 1] }, [m, n], c);
    const transposeA = (flags & gemmFlags.transposeA) !== 0;
    const transposeB = (flags & gemmFlags.transposeB) !== 0;
    gemm({
      memory: engine.memory,
      m,
      n,
      k,
      a: { address: a, stride: transposeA ? m : k, transposed: transposeA },
      b: { address: b, stride: transposeB ? k : n, transposed: transposeB },
      c: { address: c, stride: n },
      accumulate: accumulates || bias !== 0,
    });
    return;
  }
  engine.withScratch(kernels.gemmScratch(), (scratch) => {
    if (!turnsRound(sizes, flags)) return kernels.gemm(m, n, k, a, b, c, flags, bias, scratch);
    engine.withScratch(4 * m * n, (turned) => {
      if (accumulates) engine.copyStrided({ address: c, strides: [1, n] }, [n, m], turned);
      else if (bias !== 0) engine.copyStrided({ address: bias, strides: [1, 0] }, [n, m], turned);
      const starts = accumulates || bias !== 0 ? gemmFlags.accumulate : 0;
      kernels.gemm(n, m, k, b, a, turned, gemmFlags.transposeB | starts, 0, scratch);
      engine.copyStrided({ address: turned, strides: [1, m] }, [m, n], c);
    });
  });
}

/** 0 where the rows of a matrix are packed, 1 where its columns are, else -1. */
function orderOf({ shape, strides }: Tensor): 0 | 1 | -1 {
  const last = shape.length - 1;
  const [rows, columns] = [shape[last - 1] as number, shape[last] as number];
  const [rowStep, step] = [strides[last - 1] as number, strides[last] as number];
  if ((columns === 1 || step === 1) && (rows === 1 || rowStep === columns)) return 0;
  return (rows === 1 || rowStep === 1) && (columns === 1 || step === rows) ? 1 : -1;
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
  const order = orderOf(x);
  const own = x.shape.slice(0, -2);
  const over = (strides: readonly number[]): readonly number[] =>
    broadcastStrides({ shape: own, strides: strides.slice(0, -2), offset: 0 }, batch);
  if (order >= 0) {
    body({ address: engine.address(x), transposed: order === 1, strides: over(x.strides) });
    return;
  }
  engine.withScratch(4 * sizeOf(x.shape), (address) => {
    engine.copyStrided({ address: engine.address(x), strides: x.strides }, x.shape, address);
    body({ address, transposed: false, strides: over(contiguousStrides(x.shape)) });
  });
}
