import { operandsText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { contiguousStrides, normalizeDim, type Shape, sameShape } from "../../shape.ts";
import { elements, forEachRun } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { slice } from "../view/slice.ts";
import { outOfRange } from "./bounds.ts";
import { wasmGather, wasmScatterAdd } from "./gather.wasm.ts";

export interface GatherAttrs {
  readonly dim: number;
}

const gatherOp: KernelOp<GatherAttrs> = {
  kind: "kernel",
  name: "gather",
  inputs: ["x", "index"],
  infer([x, index], { dim }) {
    checkIndex("gather", x as Tensor, index as Tensor, dim);
    return { shape: (index as Tensor).shape, dtype: (x as Tensor).dtype };
  },
  reference([x, index], output, { dim }) {
    const from = elements(x as Tensor);
    const to = elements(output);
    forEachTarget("gather", x as Tensor, index as Tensor, dim, (at, target) => {
      to[at] = from[target] as number;
    });
  },
  wasm: wasmGather,
};

/**
 * `x[i][index[i][j]]` along dim 1, say: each element of `index` picks one of `x` on its line along `dim`.
 *
 * - x: `[..., n, ...]`, n in place `dim`
 * - index: int32 of the same rank, values 0 to n - 1; no longer than `x` in the other dimensions
 * - result: shape of `index`
 *
 * @example
 * gather(tensor([[1, 2], [3, 4]]), 1, tensor([[1], [0]], { dtype: "int32" })).tolist(); // => [[2], [3]]
 */
export const gather = callable(
  (x: Tensor, dim: number, index: Tensor): Tensor =>
    apply(gatherOp, [x, index], { dim: normalizeDim("gather", dim, x.ndim) }),
  gatherOp,
);

const scatterAddOp: KernelOp<GatherAttrs> = {
  kind: "kernel",
  name: "scatterAdd",
  inputs: ["x", "index", "source"],
  infer([x, index, source], { dim }) {
    const [base, places, values] = [x as Tensor, index as Tensor, source as Tensor];
    checkIndex("scatterAdd", base, places, dim);
    if (base.dtype !== values.dtype)
      throw new TypeError(`scatterAdd: x and source differ in dtype: ${base.dtype} and ${values.dtype}`);
    return { shape: base.shape, dtype: base.dtype };
  },
  reference([x, index, source], output, { dim }) {
    const from = elements(source as Tensor);
    const to = elements(output);
    const sums = output.dtype === "float32" ? Float64Array.from(elements(x as Tensor)) : to;
    if (sums === to) to.set(elements(x as Tensor));
    forEachTarget("scatterAdd", x as Tensor, index as Tensor, dim, (at, target) => {
      sums[target] = (sums[target] as number) + (from[at] as number);
    });
    if (sums !== to) to.set(sums);
    if (output.dtype === "bool") for (let i = 0; i < to.length; i++) to[i] = to[i] === 0 ? 0 : 1;
  },
  wasm: wasmScatterAdd,
};

/**
 * `x` with every element of `source` added where `index` says along `dim`: the gradient of `gather`. Sums over equal
 * indices.
 *
 * - x: `[..., n, ...]`, n in place `dim`
 * - index: int32 of the same rank, values 0 to n - 1
 * - source: at least as long as `index` in every dimension; what lies beyond is not read
 * - result: shape of `x`
 *
 * @example
 * scatterAdd(zeros([3]), 0, tensor([2, 0, 2], { dtype: "int32" }), tensor([1, 2, 3])).tolist(); // => [2, 0, 4]
 */
export const scatterAdd = callable((x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor => {
  const axis = normalizeDim("scatterAdd", dim, x.ndim);
  return apply(scatterAddOp, [x, index, fittedTo(index.shape, source, "scatterAdd")], { dim: axis });
}, scatterAddOp);

/** The front part of `source` in every dimension that `shape` has: what a scatter reads. A view. */
export function fittedTo(shape: Shape, source: Tensor, who: string): Tensor {
  if (sameShape(shape, source.shape)) return source;
  if (shape.length !== source.ndim || shape.some((length, dim) => length > (source.shape[dim] as number))) {
    throw new RangeError(
      `${who}: source must reach as far as index in every dimension ${operandsText({ index: { shape }, source })}`,
    );
  }
  let part = source;
  shape.forEach((length, dim) => {
    if (length !== part.shape[dim]) part = slice(part, { dim, end: length });
  });
  return part;
}

/** Throws unless `index` can pick elements of `x` along `dim`. */
export function checkIndex(who: string, x: Tensor, index: Tensor, dim: number): void {
  if (index.dtype !== "int32" && index.size > 0)
    throw new TypeError(`${who}: index must be int32, got ${index.dtype}: convert with .to("int32")`);
  if (index.ndim !== x.ndim && !(index.ndim <= 1 && x.ndim <= 1)) {
    throw new RangeError(
      `${who}: x and index differ in rank: ${x.ndim} and ${index.ndim} ${operandsText({ x, index })}`,
    );
  }
  const wrong =
    index.size === 0 ? -1 : index.shape.findIndex((length, at) => at !== dim && length > (x.shape[at] ?? 1));
  if (wrong === -1) return;
  throw new RangeError(
    `${who}: index is longer than x in dimension ${wrong}: ${index.shape[wrong]} and ${x.shape[wrong]} ${operandsText({ x, index })}`,
  );
}

/** Visits each element of `index`: its position, and the position in row-major `x` that it stands for. Checks bounds. */
export function forEachTarget(
  who: string,
  x: Tensor,
  index: Tensor,
  dim: number,
  visit: (at: number, target: number) => void,
): void {
  const picks = elements(index);
  const strides = contiguousStrides(x.shape);
  const step = strides[dim] ?? 1;
  const length = x.shape[dim] ?? 1;
  const lines = index.shape.map((_, at) => (at === dim ? 0 : (strides[at] ?? 0)));
  forEachRun(index.shape, [contiguousStrides(index.shape), lines], [0, 0], (starts, steps, count) => {
    let [at, base] = starts as [number, number];
    const [stepAt, stepBase] = steps as [number, number];
    for (let i = 0; i < count; i++, at += stepAt, base += stepBase) {
      const pick = picks[at] as number;
      if (pick < 0 || pick >= length) throw outOfRange(who, pick, dim, { x, index });
      visit(at, base + pick * step);
    }
  });
}
