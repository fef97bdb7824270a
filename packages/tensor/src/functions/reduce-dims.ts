import type { DType } from "../dtype.ts";
import { shapeText } from "../errors.ts";
import { toCopy } from "../ops/copy.ts";
import type { ReduceAttrs } from "../ops/reduce/define.ts";
import { permute } from "../ops/view/permute.ts";
import { view } from "../ops/view/reshape.ts";
import { normalizeDims, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

export interface ReduceOptions {
  /** One dimension or several; all of them if left out. */
  dim?: number | readonly number[] | undefined;
  /** Keep reduced dimensions with length 1. */
  keepdim?: boolean | undefined;
}

export interface SumOptions extends ReduceOptions {
  /** Convert to it first. */
  dtype?: DType | undefined;
}

type Reduce = (x: Tensor, attrs: ReduceAttrs) => Tensor;

/** Reduces `dims` block by block, last first: for reductions of which parts can be reduced again (sum, max, all …). */
export function reduceNested(who: string, x: Tensor, { dim, keepdim = false }: ReduceOptions, reduce: Reduce): Tensor {
  const dims = normalizeDims(who, dim, x.ndim);
  let result = x;
  for (const block of blocks(dims).reverse()) result = reduce(result, block);
  if (dims.length === 0) result = reduce(result, { dim: 0, span: 0 });
  return keepdim ? view(result, keptShape(x.shape, dims)) : result;
}

/** Brings `dims` together at the end and reduces them at once: for everything else (var, norms, order statistics …). */
export function reduceTogether(
  who: string,
  x: Tensor,
  { dim, keepdim = false }: ReduceOptions,
  reduce: Reduce,
): Tensor {
  const dims = normalizeDims(who, dim, x.ndim);
  const together = blocks(dims);
  const rest = x.shape.map((_, at) => at).filter((at) => !dims.includes(at));
  const result =
    together.length <= 1
      ? reduce(x, together[0] ?? { dim: 0, span: 0 })
      : reduce(permute(x, [...rest, ...dims]), { dim: rest.length, span: dims.length });
  return keepdim ? view(result, keptShape(x.shape, dims)) : result;
}

/** The shape with the reduced dimensions kept as 1. */
const keptShape = (shape: Shape, dims: readonly number[]): Shape =>
  shape.map((length, dim) => (dims.includes(dim) ? 1 : length));

/** Throws where one of the reduced dimensions has no elements to choose from. */
export function checkNotEmpty(who: string, x: Tensor, { dim }: ReduceOptions): void {
  const empty = x.size === 0 ? normalizeDims(who, dim, x.ndim).find((at) => x.shape[at] === 0) : undefined;
  if (empty !== undefined)
    throw new RangeError(
      `${who}: dim ${empty} has size 0, so there is nothing to choose from (x ${shapeText(x.shape)})`,
    );
}

/** `x` in another dtype, or itself. */
export const converted = (x: Tensor, dtype: DType | undefined): Tensor =>
  dtype === undefined || dtype === x.dtype ? x : toCopy(x, dtype);

/** Runs of neighbouring dimensions: [0, 2, 3] gives 0 and 2–3. */
function blocks(dims: readonly number[]): ReduceAttrs[] {
  const found: { dim: number; span: number }[] = [];
  for (const dim of dims) {
    const last = found.at(-1);
    if (last !== undefined && last.dim + last.span === dim) last.span++;
    else found.push({ dim, span: 1 });
  }
  return found;
}
