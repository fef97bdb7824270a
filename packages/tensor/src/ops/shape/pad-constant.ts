import { shapeText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { elements, forEachRun } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { keptPart, type PadAttrs } from "./kept-part.ts";
import { wasmPadConstant } from "./pad-constant.wasm.ts";

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
    const from = (x as Tensor).storage.data;
    const to = elements(output);
    to.fill(output.dtype === "bool" ? Number(value !== 0) : value);
    const kept = keptPart(x as Tensor, output.shape, pads);
    forEachRun(kept.shape, [kept.fromStrides, kept.toStrides], [kept.from, kept.to], (starts, steps, length) => {
      const [at, out] = starts as [number, number];
      const [step, outStep] = steps as [number, number];
      for (let i = 0; i < length; i++) to[out + i * outStep] = from[at + i * step] as number;
    });
  },
  wasm: wasmPadConstant,
};

/** `value` around `x`, or its border cut off where a pad is negative. One pair of pads for each dimension. */
export const padConstant = callable(
  (x: Tensor, pads: PadAttrs["pads"], value = 0): Tensor => apply(op, [x], { pads, value }),
  op,
);
