import { shapeText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { contiguousStrides } from "../../shape.ts";
import { elements, forEachRun } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

interface PadAttrs {
  /** Elements added before and after, for each dimension; negative ones cut off. */
  readonly pads: readonly (readonly [before: number, after: number])[];
  readonly value: number;
}

const op: KernelOp<PadAttrs> = {
  kind: "kernel",
  name: "constantPadNd",
  inputs: ["x"],
  strided: true,
  infer: ([x], { pads }) => {
    const { shape, dtype } = x as Tensor;
    const padded = shape.map((length, dim) => length + (pads[dim]?.[0] ?? 0) + (pads[dim]?.[1] ?? 0));
    const short = padded.findIndex((length) => length < 0);
    if (short < 0) return { shape: padded, dtype };
    throw new RangeError(
      `pad: ${pads[short]?.join(" and ")} cut off more than dim ${short} of size ${shape[short]} has (x ${shapeText(shape)})`,
    );
  },
  reference: ([x], output, { pads, value }) => {
    const { shape, strides, offset, storage } = x as Tensor;
    const from = storage.data;
    const to = elements(output);
    to.fill(output.dtype === "bool" ? Number(value !== 0) : value);
    const outStrides = contiguousStrides(output.shape);
    let first = offset;
    let into = 0;
    const kept = shape.map((length, dim) => {
      const [before, after] = pads[dim] ?? [0, 0];
      first += Math.max(-before, 0) * (strides[dim] as number);
      into += Math.max(before, 0) * (outStrides[dim] as number);
      return Math.max(length + Math.min(before, 0) + Math.min(after, 0), 0);
    });
    forEachRun(kept, [strides, outStrides], [first, into], (starts, steps, length) => {
      const [at, out] = starts as [number, number];
      const [step, outStep] = steps as [number, number];
      for (let i = 0; i < length; i++) to[out + i * outStep] = from[at + i * step] as number;
    });
  },
};

/** `value` around `x`, or its border cut off where a pad is negative. One pair of pads for each dimension. */
export const padConstant = callable(
  (x: Tensor, pads: PadAttrs["pads"], value = 0): Tensor => apply(op, [x], { pads, value }),
  op,
);
