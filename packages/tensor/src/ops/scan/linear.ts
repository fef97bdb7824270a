import { operandsText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { normalizeDim, sameShape } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { floatDType } from "../reduce/define.ts";
import { forEachLine, type ScanAttrs } from "./define.ts";

const op: KernelOp<ScanAttrs> = {
  kind: "kernel",
  name: "linearScan",
  inputs: ["factor", "x"],
  infer([factor, x]) {
    const [a, b] = [factor as Tensor, x as Tensor];
    if (!sameShape(a.shape, b.shape))
      throw new RangeError(`linearScan: factor and x must have the same shape ${operandsText({ factor: a, x: b })}`);
    return { shape: b.shape, dtype: floatDType("linearScan")(b.dtype) };
  },
  reference([factor, x], output, attrs) {
    const factors = elements(factor as Tensor);
    const from = elements(x as Tensor);
    const to = elements(output);
    forEachLine(x as Tensor, attrs, (first, stride, length) => {
      let last = 0;
      for (let i = 0, at = first; i < length; i++, at += stride) {
        last = i === 0 ? (from[at] as number) : (from[at] as number) + (factors[at] as number) * last;
        to[at] = last;
      }
    });
  },
};

export interface LinearScanOptions {
  dim: number;
  /** Run from the end. */
  reverse?: boolean;
}

/**
 * `y[i] = x[i] + factor[i] · y[i - 1]` along `dim`, from `y[0] = x[0]`: a linear recurrence, such as a running average.
 * Shapes `[...]` and `[...]` to `[...]`; floats only.
 *
 * @example
 * linearScan(tensor([0.5, 0.5, 0.5]), tensor([1, 1, 1]), { dim: 0 }).tolist(); // => [1, 1.5, 1.75]
 */
export const linearScan = callable(
  (factor: Tensor, x: Tensor, { dim, reverse = false }: LinearScanOptions): Tensor =>
    apply(op, [factor, x], { dim: normalizeDim("linearScan", dim, x.ndim), reverse }),
  op,
);
