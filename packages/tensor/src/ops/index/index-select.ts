import { operandsText, shapeText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { normalizeDim, type Shape, sameShape, sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { outOfRange } from "./bounds.ts";
import { wasmIndexAdd, wasmIndexSelect } from "./index-select.wasm.ts";

export interface IndexAttrs {
  readonly dim: number;
}

const selectOp: KernelOp<IndexAttrs> = {
  kind: "kernel",
  name: "indexSelect",
  inputs: ["x", "index"],
  infer: ([x, index], { dim }) => {
    const { shape, dtype } = x as Tensor;
    checkVector("indexSelect", index as Tensor);
    return { shape: selectedShape(shape, dim, (index as Tensor).size), dtype };
  },
  reference: ([x, index], output, { dim }) => {
    const from = elements(x as Tensor);
    const to = elements(output);
    forEachSlab("indexSelect", x as Tensor, index as Tensor, dim, (source, target, length) => {
      if (length === 1) to[target] = from[source] as number;
      else to.set(from.subarray(source, source + length), target);
    });
  },
  wasm: wasmIndexSelect,
};

/**
 * The elements of `dim` that `index` names, in its order. Shape `[a, n, c]` and `[k]` to `[a, k, c]` for dim 1; `index`
 * holds int32 values from 0 to n - 1.
 *
 * @example
 * indexSelect(tensor([[1, 2], [3, 4]]), 1, tensor([1, 1], { dtype: "int32" })).tolist(); // => [[2, 2], [4, 4]]
 */
export const indexSelect = callable(
  (x: Tensor, dim: number, index: Tensor): Tensor =>
    apply(selectOp, [x, index], { dim: normalizeDim("indexSelect", dim, x.ndim) }),
  selectOp,
);

const addOp: KernelOp<IndexAttrs> = {
  kind: "kernel",
  name: "indexAdd",
  inputs: ["x", "index", "source"],
  infer: (inputs, attrs) => writtenSpec("indexAdd", inputs, attrs),
  reference: ([x, index, source], output, { dim }) => {
    const from = elements(source as Tensor);
    const to = elements(output);
    to.set(elements(x as Tensor));
    const sums = output.dtype === "float32" ? Float64Array.from(to) : to;
    forEachSlab("indexAdd", x as Tensor, index as Tensor, dim, (into, at, length) => {
      for (let i = 0; i < length; i++) sums[into + i] = (sums[into + i] as number) + (from[at + i] as number);
    });
    if (sums !== to) to.set(sums);
    if (output.dtype === "bool") for (let i = 0; i < to.length; i++) to[i] = to[i] === 0 ? 0 : 1;
  },
  wasm: wasmIndexAdd,
};

/** `x` with the slabs of `source` added at `index` along `dim`. */
export const indexAddSlabs = callable(
  (x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor =>
    apply(addOp, [x, index, source], { dim: normalizeDim("indexAdd", dim, x.ndim) }),
  addOp,
);

const copyOp: KernelOp<IndexAttrs> = {
  kind: "kernel",
  name: "indexCopy",
  inputs: ["x", "index", "source"],
  infer: (inputs, attrs) => writtenSpec("indexCopy", inputs, attrs),
  reference: ([x, index, source], output, { dim }) => {
    const from = elements(source as Tensor);
    const to = elements(output);
    to.set(elements(x as Tensor));
    forEachSlab("indexCopy", x as Tensor, index as Tensor, dim, (into, at, length) => {
      to.set(from.subarray(at, at + length), into);
    });
  },
};

/**
 * `x` with the slabs of `source` in place of those that `index` names along `dim`; the last one wins. Shapes
 * `[a, n, c]`, `[k]` and `[a, k, c]` to `[a, n, c]` for dim 1.
 *
 * @example
 * indexCopy(zeros([3]), 0, tensor([2, 0], { dtype: "int32" }), tensor([7, 8])).tolist(); // => [8, 0, 7]
 */
export const indexCopy = callable(
  (x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor =>
    apply(copyOp, [x, index, source], { dim: normalizeDim("indexCopy", dim, x.ndim) }),
  copyOp,
);

/** The shape with `count` elements in `dim`; a 0-d tensor is one of one element. */
const selectedShape = (shape: Shape, dim: number, count: number): Shape =>
  shape.length === 0 ? shape : shape.with(dim, count);

function checkVector(who: string, index: Tensor): void {
  if (index.dtype !== "int32")
    throw new TypeError(`${who}: index must be int32, got ${index.dtype}: convert with .to("int32")`);
  if (index.ndim > 1)
    throw new RangeError(`${who}: index must have at most one dimension (index ${shapeText(index.shape)})`);
}

function writtenSpec(
  who: string,
  inputs: readonly Tensor[],
  { dim }: IndexAttrs,
): { shape: Shape; dtype: Tensor["dtype"] } {
  const [x, index, source] = inputs as [Tensor, Tensor, Tensor];
  checkVector(who, index);
  if (x.dtype !== source.dtype)
    throw new TypeError(`${who}: x and source differ in dtype: ${x.dtype} and ${source.dtype}`);
  const wanted = selectedShape(x.shape, dim, index.size);
  if (!sameShape(wanted, source.shape) && !(x.ndim <= 1 && source.ndim <= 1 && source.size === index.size)) {
    throw new RangeError(`${who}: source must have shape ${shapeText(wanted)} ${operandsText({ x, index, source })}`);
  }
  return { shape: x.shape, dtype: x.dtype };
}

/** Visits the runs of elements of `x` that `index` names, each with where it is in a tensor of the selected shape. */
function forEachSlab(
  who: string,
  x: Tensor,
  index: Tensor,
  dim: number,
  visit: (at: number, selected: number, length: number) => void,
): void {
  const picks = elements(index);
  const size = x.shape[dim] ?? 1;
  const run = sizeOf(x.shape.slice(dim + 1));
  const outer = sizeOf(x.shape.slice(0, dim));
  for (let i = 0; i < picks.length; i++) {
    const pick = picks[i] as number;
    if (pick >= 0 && pick < size) continue;
    throw outOfRange(who, pick, dim, { x, index });
  }
  let selected = 0;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < picks.length; i++, selected += run)
      visit((o * size + (picks[i] as number)) * run, selected, run);
  }
}
