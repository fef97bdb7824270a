import { type DType, isFloat } from "../../dtype.ts";
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

export type ReduceOp<A extends ReduceAttrs = ReduceAttrs> = Callable<(x: Tensor, attrs: A) => Tensor, KernelOp<A>>;

interface Options<A> {
  /** The dtype that comes out. */
  dtype(of: DType): DType;
  /** Reduces `length` elements of `data`, `step` apart, from `at` on. */
  fold(data: ArrayLike<number>, at: number, step: number, length: number, attrs: A): number;
  readonly wasm?: WasmKernel<A>;
}

/** A primitive that reduces one block of neighbouring dimensions. Functions build other cases from it. */
/* @__NO_SIDE_EFFECTS__ */
export function reduction<A extends ReduceAttrs = ReduceAttrs>(
  name: string,
  { dtype, fold, wasm }: Options<A>,
): ReduceOp<A> {
  const op: KernelOp<A> = {
    kind: "kernel",
    name,
    inputs: ["x"],
    infer: ([x], attrs) => ({ shape: reducedShape((x as Tensor).shape, attrs), dtype: dtype((x as Tensor).dtype) }),
    reference([x], output, attrs) {
      const { outer, length, inner } = blockOf((x as Tensor).shape, attrs);
      const from = elements(x as Tensor);
      const to = elements(output);
      const checked =
        output.dtype === "int32"
          ? (value: number): number => checkInt32(name, value)
          : (value: number): number => value;
      for (let o = 0, out = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) to[out++] = checked(fold(from, o * length * inner + i, inner, length, attrs));
      }
    },
    ...(wasm === undefined ? {} : { wasm }),
  };
  return callable((x: Tensor, attrs: A) => apply(op, [x], attrs), op);
}

/** Keeps the dtype. */
export const sameDType = (of: DType): DType => of;

/** Floats keep their dtype, integers and truth values become int32: what sums and products come out as. */
export const summedDType = (of: DType): DType => (isFloat(of) ? of : "int32");

/** Floats only; `who` names the op in the error. */
export const floatDType =
  (who: string) =>
  (of: DType): DType => {
    if (isFloat(of)) return of;
    throw new TypeError(`${who}: needs a floating-point tensor, got ${of}: convert with .to("float32")`);
  };

/** Indices are int32. */
export const indexDType = (): DType => "int32";

/** Integer results must be exact. */
export function checkInt32(who: string, value: number): number {
  if (value >= -(2 ** 31) && value < 2 ** 31) return value;
  throw new RangeError(`${who}: the integer result ${value} does not fit int32: convert to float64 first`);
}

export function blockOf(shape: Shape, { dim, span }: ReduceAttrs): Block {
  return {
    outer: sizeOf(shape.slice(0, dim)),
    length: sizeOf(shape.slice(dim, dim + span)),
    inner: sizeOf(shape.slice(dim + span)),
  };
}

const reducedShape = (shape: Shape, { dim, span }: ReduceAttrs): Shape => shape.toSpliced(dim, span);
