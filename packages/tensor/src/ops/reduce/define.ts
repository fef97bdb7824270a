import type { DType } from "../../dtype.ts";
import { apply, type Callable, callable, type KernelOp, type WasmKernel } from "../../op.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

/** A block of neighbouring dimensions, `dim` to `dim + span - 1`, which goes away. */
export interface ReduceAttrs {
  readonly dim: number;
  readonly span: number;
}

/** A tensor seen as `[outer, length, inner]`, reduced over the middle. */
export interface Block {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

export type ReduceOp = Callable<(x: Tensor, attrs: ReduceAttrs) => Tensor, KernelOp<ReduceAttrs>>;

interface Options {
  /** The dtype that comes out. */
  dtype(of: DType): DType;
  /** Reduces `length` elements of `data`, `step` apart, from `at` on. */
  fold(data: ArrayLike<number>, at: number, step: number, length: number): number;
  readonly wasm?: WasmKernel<ReduceAttrs>;
}

/** A primitive that reduces one block of neighbouring dimensions. Functions build other cases from it. */
/* @__NO_SIDE_EFFECTS__ */
export function reduction(name: string, { dtype, fold, wasm }: Options): ReduceOp {
  const op: KernelOp<ReduceAttrs> = {
    kind: "kernel",
    name,
    inputs: ["x"],
    infer: ([x], attrs) => ({ shape: reducedShape((x as Tensor).shape, attrs), dtype: dtype((x as Tensor).dtype) }),
    reference([x], output, attrs) {
      const { outer, length, inner } = blockOf((x as Tensor).shape, attrs);
      const from = elements(x as Tensor);
      const to = elements(output);
      const checked = output.dtype === "int32" ? (value: number): number => checkInt32(name, value) : (value: number): number => value;
      for (let o = 0, out = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) to[out++] = checked(fold(from, o * length * inner + i, inner, length));
      }
    },
    ...(wasm === undefined ? {} : { wasm }),
  };
  return callable((x: Tensor, attrs: ReduceAttrs) => apply(op, [x], attrs), op);
}

/** Integer results must be exact. */
export function checkInt32(who: string, value: number): number {
  if (value >= -(2 ** 31) && value < 2 ** 31) return value;
  throw new RangeError(`${who}: the integer result ${value} does not fit int32: convert to float64 first`);
}

export function blockOf(shape: Shape, { dim, span }: ReduceAttrs): Block {
  return { outer: sizeOf(shape.slice(0, dim)), length: sizeOf(shape.slice(dim, dim + span)), inner: sizeOf(shape.slice(dim + span)) };
}

export const reducedShape = (shape: Shape, { dim, span }: ReduceAttrs): Shape => shape.toSpliced(dim, span);
