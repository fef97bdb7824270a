import { type DType, isFloat, resultType } from "../../dtype.ts";
import { apply, type Callable, callable, type KernelOp } from "../../op.ts";
import { broadcastShapes, broadcastStrides } from "../../shape.ts";
import { elements, forEachRun } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { asTensors } from "./define.ts";

type None = Readonly<Record<never, never>>;

/** An elementwise op of one tensor that is a function of numbers, not a formula: for special functions. */
/* @__NO_SIDE_EFFECTS__ */
export function pointwise(
  name: string,
  value: (x: number) => number,
  dtype?: DType,
): Callable<(x: Tensor) => Tensor, KernelOp<None>> {
  const op = unaryOp<None>(name, value, dtype);
  return callable((x: Tensor): Tensor => apply(op, [x], {}), op);
}

/** As `pointwise`; `attrs` says which function. */
/* @__NO_SIDE_EFFECTS__ */
export function pointwiseFamily<A>(
  name: string,
  value: (x: number, attrs: A) => number,
): Callable<(x: Tensor, attrs: A) => Tensor, KernelOp<A>> {
  const op = unaryOp(name, value);
  return callable((x: Tensor, attrs: A): Tensor => apply(op, [x], attrs), op);
}

function unaryOp<A>(name: string, value: (x: number, attrs: A) => number, dtype?: DType): KernelOp<A> {
  return {
    kind: "kernel",
    name,
    inputs: ["x"],
    infer: ([x]) => ({ shape: (x as Tensor).shape, dtype: dtype ?? floatOf((x as Tensor).dtype) }),
    reference: ([x], output, attrs) => {
      const [from, to] = [elements(x as Tensor), elements(output)];
      for (let i = 0; i < to.length; i++) to[i] = value(from[i] as number, attrs);
    },
  };
}

type Binary<A> = (x: Tensor | number, y: Tensor | number, attrs: A) => Tensor;

/** As `pointwise`, of `x` and `y`, which broadcast; either may be a number. `attrs` says which function. */
/* @__NO_SIDE_EFFECTS__ */
export function pointwiseBinary<A>(
  name: string,
  inputs: readonly [string, string],
  value: (x: number, y: number, attrs: A) => number,
): Callable<Binary<A>, KernelOp<A>> {
  const op: KernelOp<A> = {
    kind: "kernel",
    name,
    inputs,
    strided: true,
    infer: (operands) => ({
      shape: broadcastShapes(
        name,
        operands.map(({ shape }) => shape),
        inputs,
      ),
      dtype: floatOf(resultType(operands)),
    }),
    reference: ([x, y], output, attrs) => {
      const [left, right] = [x as Tensor, y as Tensor];
      const [first, second, to] = [left.storage.data, right.storage.data, elements(output)];
      const strides = [left, right].map((operand) => broadcastStrides(operand, output.shape));
      let out = 0;
      forEachRun(output.shape, strides, [left.offset, right.offset], (starts, steps, length) => {
        let [at, other] = starts as [number, number];
        for (let i = 0; i < length; i++, at += steps[0] as number, other += steps[1] as number) {
          to[out++] = value(first[at] as number, second[other] as number, attrs);
        }
      });
    },
  };
  return callable((x: Tensor | number, y: Tensor | number, attrs: A) => apply(op, asTensors(name, [x, y]), attrs), op);
}

const floatOf = (dtype: DType): DType => (isFloat(dtype) ? dtype : "float32");
