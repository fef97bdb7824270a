import { isFloat, newArray } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { mul } from "../ops/elementwise/arithmetic.ts";
import { gatherRows } from "../ops/embedding/rows.ts";
import { inPlace } from "../ops/in-place.ts";
import { normBlock } from "../ops/reduce/norm.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray } from "./creation.ts";

export interface EmbeddingOptions {
  /** The row that gets no gradient; negative counts from the end. */
  paddingIdx?: number | undefined;
  /** Divide the gradient of each row by how often its index occurs. Default false. */
  scaleGradByFreq?: boolean;
  /** Rows that `indices` names and whose norm is larger are scaled down to it first, in place. */
  maxNorm?: number | undefined;
  /** The power of that norm. Default 2. */
  normType?: number;
}

/**
 * Rows of `weight` by index. Shapes indices `[...]` (int32) and weight `[rows, width]` to `[..., width]`.
 *
 * An index outside `[0, rows)` throws a RangeError.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.embedding.html
 *
 * @example
 * embedding(tensor([1, 0], { dtype: "int32" }), tensor([[1, 2], [3, 4]])).tolist(); // => [[3, 4], [1, 2]]
 */
export function embedding(indices: Tensor, weight: Tensor, options: EmbeddingOptions = {}): Tensor {
  const { paddingIdx, scaleGradByFreq = false, maxNorm, normType = 2 } = options;
  checkTable("embedding", indices, weight);
  if (maxNorm !== undefined) limitRows("embedding", indices, weight, maxNorm, normType);
  return gatherRows(weight, indices, {
    paddingIdx: paddingRow("embedding", weight, paddingIdx),
    scaleByFrequency: scaleGradByFreq,
  });
}

/** Throws unless indices are integers and weight a table. */
export function checkTable(who: string, indices: Tensor, weight: Tensor): void {
  if (weight.ndim !== 2)
    throw new RangeError(`${who}: weight must be [rows, width] ${operandsText({ indices, weight })}`);
  if (isFloat(indices.dtype) || indices.dtype === "bool")
    throw new TypeError(`${who}: indices must be integers, got ${indices.dtype}`);
}

/** The row `paddingIdx` stands for, or -1. */
export function paddingRow(who: string, weight: Tensor, paddingIdx: number | undefined): number {
  if (paddingIdx === undefined) return -1;
  const rows = weight.shape[0] as number;
  if (Number.isInteger(paddingIdx) && paddingIdx >= -rows && paddingIdx < rows)
    return paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
  throw new RangeError(`${who}: paddingIdx ${paddingIdx} is out of range for ${rows} rows ${operandsText({ weight })}`);
}

/** Scales the rows that `indices` names down to norm `limit`, in place and outside any history. */
export function limitRows(who: string, indices: Tensor, weight: Tensor, limit: number, p: number): void {
  const table = weight.detach();
  const lengths = normBlock(table, { dim: 1, span: 1, p }).detach().toArray();
  const scales = newArray(weight.dtype, lengths.length).fill(1);
  for (const row of indices.detach().toArray()) {
    const length = lengths[row];
    if (length === undefined)
      throw new RangeError(
        `${who}: index ${row} is out of range for ${lengths.length} rows ${operandsText({ indices, weight })}`,
      );
    if (length > limit) scales[row] = limit / (length + 1e-7);
  }
  inPlace(who, table, (old) => mul(old, fromTypedArray(scales, [scales.length, 1], weight.dtype, weight.device)));
}
