import { operandsText } from "../../errors.ts";
import type { KernelOp } from "../../op.ts";
import { sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { floatDType } from "../reduce/define.ts";

/** One matrix in row-major order, in double. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

interface Options<A> {
  readonly square?: boolean;
  /** Shape of what comes out of one matrix. */
  result(rows: number, columns: number): readonly number[];
  /** The result's elements in row-major order. `fail` makes the error that names the matrix. */
  compute(matrix: Matrix, attrs: A, fail: (problem: string) => Error): ArrayLike<number>;
}

/** An op that makes something of each matrix of `x`, in double, rounded once. */
/* @__NO_SIDE_EFFECTS__ */
export function perMatrix<A>(name: string, { square = false, result, compute }: Options<A>): KernelOp<A> {
  return {
    kind: "kernel",
    name,
    inputs: ["x"],
    infer: ([x]) => {
      const [rows, columns] = square ? squareOf(name, x as Tensor) : matrixOf(name, x as Tensor);
      const batch = (x as Tensor).shape.slice(0, -2);
      return { shape: [...batch, ...result(rows, columns)], dtype: floatDType(name)((x as Tensor).dtype) };
    },
    reference: ([x], output, attrs) => {
      const [rows, columns] = (x as Tensor).shape.slice(-2) as [number, number];
      const from = elements(x as Tensor);
      const to = elements(output);
      const count = sizeOf((x as Tensor).shape.slice(0, -2));
      const [taken, made] = [rows * columns, sizeOf(result(rows, columns))];
      for (let b = 0; b < count; b++) {
        const data = Float64Array.from(from.subarray(b * taken, (b + 1) * taken));
        to.set(
          compute({ data, rows, columns }, attrs, (problem) => matrixError(name, problem, b, { x: x as Tensor })),
          b * made,
        );
      }
    },
  };
}

/** `inv: the matrix is singular (x [2, 2])`; in a batch it says which one. */
export function matrixError(
  who: string,
  problem: string,
  index: number,
  operands: Readonly<Record<string, Tensor>>,
): Error {
  const first = Object.values(operands)[0] as Tensor;
  const which = first.ndim > 2 ? `matrix ${index} of the batch` : "the matrix";
  return new RangeError(`${who}: ${which} is ${problem} ${operandsText(operands)}`);
}

/** Rows and columns. Throws unless there are at least two dimensions. */
export function matrixOf(who: string, x: Tensor, name = "x"): readonly [number, number] {
  const [rows, columns] = x.shape.slice(-2);
  if (rows === undefined || columns === undefined)
    throw new RangeError(`${who}: needs a matrix or a batch of them ${operandsText({ [name]: x })}`);
  return [rows, columns];
}

/** As `matrixOf`; throws also unless both are equal. */
export function squareOf(who: string, x: Tensor, name = "x"): readonly [number, number] {
  const sizes = matrixOf(who, x, name);
  if (sizes[0] !== sizes[1])
    throw new RangeError(
      `${who}: needs square matrices, got ${sizes[0]} by ${sizes[1]} ${operandsText({ [name]: x })}`,
    );
  return sizes;
}

/** The identity, in row-major order. */
export function identity(n: number): Float64Array {
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) data[i * (n + 1)] = 1;
  return data;
}

/** Copies the lower triangle onto the upper one, in place. */
export function mirrorLower(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) a[i * n + j] = a[j * n + i] as number;
}
