import { apply, callable, type KernelOp } from "../../op.ts";
import { contiguousStrides, normalizeDim, normalizeDims } from "../../shape.ts";
import { elements, forEachRun } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

export interface FlipAttrs {
  readonly dims: readonly number[];
}

const op: KernelOp<FlipAttrs> = {
  kind: "kernel",
  name: "flip",
  inputs: ["x"],
  strided: true,
  infer: ([x]) => ({ shape: (x as Tensor).shape, dtype: (x as Tensor).dtype }),
  reference: ([x], output, { dims }) => {
    const { shape, strides, offset, storage } = x as Tensor;
    const from = storage.data;
    const to = elements(output);
    let last = offset;
    const back = strides.slice();
    for (const dim of dims) {
      const stride = strides[dim] as number;
      last += ((shape[dim] as number) - 1) * stride;
      back[dim] = -stride;
    }
    forEachRun(shape, [back, contiguousStrides(shape)], [last, 0], (starts, steps, length) => {
      const [at, out] = starts as [number, number];
      const [step, outStep] = steps as [number, number];
      for (let i = 0; i < length; i++) to[out + i * outStep] = from[at + i * step] as number;
    });
  },
};

/**
 * The elements in reverse order along `dims`, as a copy. Shape `[...]` to `[...]`.
 *
 * @example
 * flip(tensor([[1, 2], [3, 4]]), 1).tolist(); // => [[2, 1], [4, 3]]
 */
export const flip = callable((x: Tensor, dims: number | readonly number[]): Tensor => {
  const list = typeof dims === "number" ? [normalizeDim("flip", dims, x.ndim)] : dims;
  const normal = list.length === 0 ? [] : normalizeDims("flip", list, x.ndim);
  return apply(op, [x], { dims: normal });
}, op);
