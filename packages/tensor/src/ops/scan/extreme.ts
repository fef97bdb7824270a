import { apply, type Callable, callable, type KernelOp } from "../../op.ts";
import { normalizeDim } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { forEachLine, type ScanAttrs } from "./define.ts";

type IndexScan = Callable<(x: Tensor, options: { dim: number }) => Tensor, KernelOp<ScanAttrs>>;

/** Where the largest so far stands along `dim`, the latest of equal ones; the latest NaN from the first on. int32. */
export const cummaxIndices: IndexScan = indexScan("cummax", (value, best) => value >= best);

/** Where the smallest so far stands along `dim`, the latest of equal ones; the latest NaN from the first on. int32. */
export const cumminIndices: IndexScan = indexScan("cummin", (value, best) => value <= best);

/* @__NO_SIDE_EFFECTS__ */
function indexScan(name: string, replaces: (value: number, best: number) => boolean): IndexScan {
  const op: KernelOp<ScanAttrs> = {
    kind: "kernel",
    name,
    inputs: ["x"],
    infer: ([x]) => ({ shape: (x as Tensor).shape, dtype: "int32" }),
    reference([x], output, attrs) {
      const from = elements(x as Tensor);
      const to = elements(output);
      forEachLine(x as Tensor, attrs, (first, stride, length) => {
        let found = 0;
        let best = from[first] as number;
        for (let i = 0, at = first; i < length; i++, at += stride) {
          const value = from[at] as number;
          if (Number.isNaN(value) || replaces(value, best)) {
            best = value;
            found = i;
          }
          to[at] = found;
        }
      });
    },
  };
  return callable(
    (x: Tensor, { dim }: { dim: number }) => apply(op, [x], { dim: normalizeDim(name, dim, x.ndim), reverse: false }),
    op,
  );
}
