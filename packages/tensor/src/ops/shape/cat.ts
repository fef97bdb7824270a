import { promoteTypes } from "../../dtype.ts";
import { notTensor, shapeText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { normalizeDim, type Shape, sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { toCopy } from "../copy.ts";
import { wasmCat } from "./cat.wasm.ts";

export interface CatAttrs {
  readonly dim: number;
}

const op: KernelOp<CatAttrs> = {
  kind: "kernel",
  name: "cat",
  inputs: ["...tensors"],
  infer: (tensors, { dim }) => {
    const first = tensors[0] as Tensor;
    const total = tensors.reduce((length, { shape }) => length + (shape[dim] as number), 0);
    return { shape: first.shape.with(dim, total), dtype: first.dtype };
  },
  reference: (tensors, output, { dim }) => {
    const to = elements(output);
    const outer = sizeOf(output.shape.slice(0, dim));
    const row = sizeOf(output.shape.slice(dim));
    let column = 0;
    for (const x of tensors) {
      const from = elements(x);
      const run = sizeOf(x.shape.slice(dim));
      for (let o = 0; o < outer; o++) to.set(from.subarray(o * run, (o + 1) * run), o * row + column);
      column += run;
    }
  },
  wasm: wasmCat,
};

export interface CatOptions {
  /** Along which dimension; default 0. */
  dim?: number;
}

/**
 * The tensors one after the other along `dim`. Shapes `[a, c]` and `[b, c]` to `[a + b, c]`; all other sizes must be
 * equal. dtypes are promoted. An empty 1-d tensor fits anything and adds nothing, as in PyTorch.
 *
 * @example
 * cat([tensor([[1, 2]]), tensor([[3, 4]])]).tolist(); // => [[1, 2], [3, 4]]
 */
export const cat = callable(
  (tensors: readonly Tensor[], { dim = 0 }: CatOptions = {}): Tensor => joined("cat", tensors, dim),
  op,
);

/** `cat`, for functions that speak by their own name. */
export function joined(who: string, tensors: readonly Tensor[], dim: number): Tensor {
  if (tensors.length === 0) throw new RangeError(`${who}: needs at least one tensor, got an empty list`);
  for (const [i, x] of tensors.entries()) if (x?.storage === undefined) throw notTensor(who, `tensor ${i}`, x);
  const scalar = tensors.findIndex(({ ndim }) => ndim === 0);
  if (scalar >= 0) throw new RangeError(`${who}: tensor ${scalar} has no dimensions: use stack for 0-d tensors`);
  const solid = tensors.filter(({ shape }) => shape.length !== 1 || shape[0] !== 0);
  const parts = solid.length === 0 ? tensors.slice(0, 1) : solid;
  const axis = normalizeDim(who, dim, (parts[0] as Tensor).ndim);
  checkSizes(who, parts, axis);
  const dtype = tensors.map((x) => x.dtype).reduce(promoteTypes);
  return apply(
    op,
    parts.map((x) => (x.dtype === dtype ? x : toCopy(x, dtype))),
    { dim: axis },
  );
}

function checkSizes(who: string, tensors: readonly Tensor[], dim: number): void {
  const first = tensors[0] as Tensor;
  const fits = (shape: Shape): boolean =>
    shape.length === first.ndim && shape.every((length, at) => at === dim || length === first.shape[at]);
  const odd = tensors.findIndex(({ shape }) => !fits(shape));
  if (odd < 0) return;
  throw new RangeError(
    `${who}: sizes must agree except in dim ${dim} (tensor 0 ${shapeText(first.shape)}, tensor ${odd} ${shapeText((tensors[odd] as Tensor).shape)})`,
  );
}
