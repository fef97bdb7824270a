import { checkIsDType, type DType } from "../dtype.ts";
import { apply, callable, type KernelOp } from "../op.ts";
import { recordAllocation } from "../scope.ts";
import { forEachRun } from "../strided.ts";
import type { Tensor } from "../tensor.ts";
import { wasmCopy } from "./copy.wasm.ts";

interface CastAttrs {
  readonly dtype: DType;
}

const op: KernelOp<CastAttrs> = {
  kind: "kernel",
  name: "toCopy",
  inputs: ["x"],
  strided: true,
  infer: ([x], { dtype }) => {
    checkIsDType("to", dtype);
    return { shape: (x as Tensor).shape, dtype };
  },
  reference: ([x], output) => copyInto(x as Tensor, output),
  wasm: wasmCopy,
};

/**
 * A contiguous copy with another dtype. Shape `[...]` to `[...]`. Floats lose their fraction on the way to integers,
 * integers wrap, and everything but 0 is true.
 */
export const toCopy = callable((x: Tensor, dtype: DType = x.dtype): Tensor => apply(op, [x], { dtype }), op);

/** A contiguous copy outside any history. */
export function contiguousCopy(x: Tensor): Tensor {
  const storage = x.device.allocate(x.dtype, x.size);
  recordAllocation(storage);
  const copy = x.sibling(storage, x.shape);
  x.device.run(op, [x], copy, { dtype: x.dtype });
  return copy;
}

/** Writes the elements of `source` over those of `target`, on whichever device both are. No history, no new version. */
export function writeStrided(source: Tensor, target: Tensor): void {
  target.device.run(op, [source], target, { dtype: target.dtype });
}

/** Writes the elements of `source` over those of `target`, of any strides and the same shape, converting on the way. */
function copyInto(source: Tensor, target: Tensor): void {
  const from = source.storage.data;
  const to = target.storage.data;
  const truth = target.dtype === "bool" && source.dtype !== "bool";
  forEachRun(
    target.shape,
    [source.strides, target.strides],
    [source.offset, target.offset],
    (starts, steps, length) => {
      let at = starts[0] as number;
      let out = starts[1] as number;
      const step = steps[0] as number;
      const outStep = steps[1] as number;
      for (let i = 0; i < length; i++, at += step, out += outStep) {
        const value = from[at] as number;
        to[out] = truth ? (value === 0 ? 0 : 1) : value;
      }
    },
  );
}
