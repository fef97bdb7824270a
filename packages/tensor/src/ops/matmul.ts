import { isFloat, resultType, type TypedArray } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { apply, callable, type KernelOp, type Spec } from "../op.ts";
import { broadcastShapes, broadcastStrides, type Shape, sizeOf } from "../shape.ts";
import { elements, forEachRun } from "../strided.ts";
import type { Tensor } from "../tensor.ts";
import { wasmAddmm, wasmMatmul } from "./matmul.wasm.ts";

type None = Readonly<Record<never, never>>;
const none: None = {};

const op: KernelOp<None> = {
  kind: "kernel",
  name: "matmul",
  inputs: ["x", "y"],
  strided: true,
  infer: ([x, y]) => productSpec("matmul", x as Tensor, y as Tensor),
  reference: ([x, y], output) => multiply(x as Tensor, y as Tensor, output, undefined),
  wasm: wasmMatmul,
};

/**
 * `x · y` over the last two dimensions. Shapes `[..., m, k]` and `[..., k, n]` to `[..., m, n]`; leading ones broadcast.
 * Transposed operands are read where they are.
 */
export const matmulBatch = callable((x: Tensor, y: Tensor): Tensor => apply(op, [x, y], none), op);

const addmmOp: KernelOp<None> = {
  kind: "kernel",
  name: "addmm",
  inputs: ["bias", "x", "y"],
  strided: true,
  infer: ([bias, x, y]) => {
    const product = productSpec("addmm", x as Tensor, y as Tensor);
    if (isRowOf(bias as Tensor, product.shape))
      return { shape: product.shape, dtype: resultType([bias as Tensor, x as Tensor, y as Tensor]) };
    const shape = broadcastShapes("addmm", [(bias as Tensor).shape, product.shape], ["bias", "x · y"]);
    if (shape.length !== product.shape.length || sizeOf(shape) !== sizeOf(product.shape)) {
      throw new RangeError(
        `addmm: bias does not broadcast to the product ${operandsText({ bias: bias as Tensor, "x · y": product })}`,
      );
    }
    return { shape, dtype: resultType([bias as Tensor, x as Tensor, y as Tensor]) };
  },
  reference: ([bias, x, y], output) => multiply(x as Tensor, y as Tensor, output, bias as Tensor),
  wasm: wasmAddmm,
};

/** `bias + x · y` in one pass. Shapes: bias broadcasts to `[m, n]`, x `[m, k]`, y `[k, n]`, to `[m, n]`. */
export const biasedMatmul = callable(
  (bias: Tensor, x: Tensor, y: Tensor): Tensor => apply(addmmOp, [bias, x, y], none),
  addmmOp,
);

const isRowOf = ({ shape }: Tensor, product: Shape): boolean =>
  shape.length === 1 && product.length === 2 && shape[0] === product[1];

function productSpec(who: string, x: Tensor, y: Tensor): Spec {
  const [k, inner] = [x.shape.at(-1), y.shape.at(-2)];
  if (x.ndim < 2 || y.ndim < 2) throw new RangeError(`${who}: needs matrices ${operandsText({ x, y })}`);
  if (k !== inner) throw new RangeError(`${who}: inner sizes differ: ${k} and ${inner} ${operandsText({ x, y })}`);
  if (x.ndim === 2 && y.ndim === 2)
    return { shape: [x.shape[0] as number, y.shape[1] as number], dtype: resultType([x, y]) };
  const batch = broadcastShapes(who, [x.shape.slice(0, -2), y.shape.slice(0, -2)]);
  return { shape: [...batch, x.shape.at(-2) as number, y.shape.at(-1) as number], dtype: resultType([x, y]) };
}

/** The batch part of a layout, broadcast to `batch`. */
const batchStrides = (x: Tensor, batch: Shape): readonly number[] =>
  broadcastStrides({ shape: x.shape.slice(0, -2), strides: x.strides.slice(0, -2), offset: 0 }, batch);

/** Row by row, in double precision (32-bit wrapping for integers), rounded once. */
function multiply(x: Tensor, y: Tensor, output: Tensor, bias: Tensor | undefined): void {
  const [m, n] = output.shape.slice(-2) as [number, number];
  const k = x.shape.at(-1) as number;
  const [xRow, xColumn] = x.strides.slice(-2) as [number, number];
  const [yRow, yColumn] = y.strides.slice(-2) as [number, number];
  const [from, other] = [x.storage.data, y.storage.data];
  const to = elements(output);
  const row = new Float64Array(n);
  const times = isFloat(output.dtype) ? (a: number, b: number): number => a * b : Math.imul;
  const batch = output.shape.slice(0, -2);
  let out = 0;
  const biasStrides = bias === undefined ? output.shape.map(() => 0) : broadcastStrides(bias, output.shape);
  const [biasRow, biasColumn] = biasStrides.slice(-2) as [number, number];
  const product = (xAt: number, yAt: number, biasAt: number): void => {
    for (let i = 0; i < m; i++, out += n) {
      startRow(row, bias?.storage.data, biasAt + i * biasRow, biasColumn);
      for (let p = 0; p < k; p++) {
        const a = from[xAt + i * xRow + p * xColumn] as number;
        for (let j = 0, at = yAt + p * yRow; j < n; j++, at += yColumn)
          row[j] = (row[j] as number) + times(a, other[at] as number);
      }
      to.set(row, out);
    }
  };
  forEachRun(
    batch,
    [batchStrides(x, batch), batchStrides(y, batch), biasStrides.slice(0, -2)],
    [x.offset, y.offset, bias?.offset ?? 0],
    (starts, steps, length) => {
      const [xAt, yAt, biasAt] = starts as [number, number, number];
      const [xStep, yStep, biasStep] = steps as [number, number, number];
      for (let b = 0; b < length; b++) product(xAt + b * xStep, yAt + b * yStep, biasAt + b * biasStep);
    },
  );
}

/** Where the sums of a row begin: at 0, or at the bias. */
function startRow(row: Float64Array, bias: TypedArray | undefined, at: number, step: number): void {
  if (bias === undefined) row.fill(0);
  else for (let j = 0; j < row.length; j++) row[j] = bias[at + j * step] as number;
}
