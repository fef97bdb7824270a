import { operandsText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { normalizeDim } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { checkIndex, fittedTo, forEachTarget, type GatherAttrs } from "./gather.ts";

const writeOp: KernelOp<GatherAttrs> = {
  kind: "kernel",
  name: "scatter",
  inputs: ["x", "index", "source"],
  infer: ([x, index, source], { dim }) => scatterSpec("scatter", x as Tensor, index as Tensor, source as Tensor, dim),
  reference: ([x, index, source], output, { dim }) => {
    const from = elements(source as Tensor);
    const to = elements(output);
    to.set(elements(x as Tensor));
    forEachTarget("scatter", x as Tensor, index as Tensor, dim, (at, target) => {
      to[target] = from[at] as number;
    });
  },
};

/** `x` with each element of `source` where `index` says along `dim`; the last one wins. */
export const scatterWrite = callable((x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor => {
  const axis = normalizeDim("scatter", dim, x.ndim);
  return apply(writeOp, [x, index, fittedTo(index.shape, source, "scatter")], { dim: axis });
}, writeOp);

export type Extreme = "prod" | "amax" | "amin";

export interface ScatterFoldAttrs extends GatherAttrs {
  readonly reduce: Extreme;
  /** Whether the element of `x` takes part where something arrives. */
  readonly includeSelf: boolean;
}

const reduceOp: KernelOp<ScatterFoldAttrs> = {
  kind: "kernel",
  name: "scatterReduce",
  inputs: ["x", "index", "source"],
  infer: ([x, index, source], { dim }) =>
    scatterSpec("scatterReduce", x as Tensor, index as Tensor, source as Tensor, dim),
  reference: ([x, index, source], output, { dim, reduce, includeSelf }) => {
    const from = elements(source as Tensor);
    const to = elements(output);
    const totals = Float64Array.from(elements(x as Tensor));
    const fold = folds[reduce];
    if (!includeSelf) {
      forEachTarget("scatterReduce", x as Tensor, index as Tensor, dim, (_, target) => {
        totals[target] = starts[reduce];
      });
    }
    forEachTarget("scatterReduce", x as Tensor, index as Tensor, dim, (at, target) => {
      totals[target] = fold(totals[target] as number, from[at] as number);
    });
    to.set(totals);
  },
};

const starts: Readonly<Record<Extreme, number>> = {
  prod: 1,
  amax: Number.NEGATIVE_INFINITY,
  amin: Number.POSITIVE_INFINITY,
};

const folds: Readonly<Record<Extreme, (total: number, value: number) => number>> = {
  prod: (total, value) => total * value,
  amax: (total, value) => Math.max(total, value),
  amin: (total, value) => Math.min(total, value),
};

/** The product, maximum or minimum of what arrives at each place along `dim`, and of `x` itself with `includeSelf`. */
export const scatterFold = callable(
  (
    x: Tensor,
    dim: number,
    index: Tensor,
    source: Tensor,
    { reduce, includeSelf }: { reduce: Extreme; includeSelf: boolean },
  ): Tensor => {
    const axis = normalizeDim("scatterReduce", dim, x.ndim);
    return apply(reduceOp, [x, index, fittedTo(index.shape, source, "scatterReduce")], {
      dim: axis,
      reduce,
      includeSelf,
    });
  },
  reduceOp,
);

function scatterSpec(
  who: string,
  x: Tensor,
  index: Tensor,
  source: Tensor,
  dim: number,
): { shape: readonly number[]; dtype: Tensor["dtype"] } {
  checkIndex(who, x, index, dim);
  if (x.dtype !== source.dtype) {
    throw new TypeError(
      `${who}: x and source differ in dtype: ${x.dtype} and ${source.dtype} ${operandsText({ x, source })}`,
    );
  }
  return { shape: x.shape, dtype: x.dtype };
}
