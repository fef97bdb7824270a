import { isFloat } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { gatherRows } from "../ops/embedding/rows.ts";
import type { Tensor } from "../tensor.ts";

export interface EmbeddingOptions {
  /** The row that gets no gradient; negative counts from the end. */
  paddingIdx?: number | undefined;
  /** Divide the gradient of each row by how often its index occurs. Default false. */
  scaleGradByFreq?: boolean;
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
export function embedding(indices: Tensor, weight: Tensor, { paddingIdx, scaleGradByFreq = false }: EmbeddingOptions = {}): Tensor {
  checkTable("embedding", indices, weight);
  return gatherRows(weight, indices, { paddingIdx: paddingRow("embedding", weight, paddingIdx), scaleByFrequency: scaleGradByFreq });
}

/** Throws unless indices are integers and weight a table. */
export function checkTable(who: string, indices: Tensor, weight: Tensor): void {
  if (weight.ndim !== 2) throw new RangeError(`${who}: weight must be [rows, width] ${operandsText({ indices, weight })}`);
  if (isFloat(indices.dtype) || indices.dtype === "bool") throw new TypeError(`${who}: indices must be integers, got ${indices.dtype}`);
}

/** The row `paddingIdx` stands for, or -1. */
export function paddingRow(who: string, weight: Tensor, paddingIdx: number | undefined): number {
  if (paddingIdx === undefined) return -1;
  const rows = weight.shape[0] as number;
  if (Number.isInteger(paddingIdx) && paddingIdx >= -rows && paddingIdx < rows) return paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
  throw new RangeError(`${who}: paddingIdx ${paddingIdx} is out of range for ${rows} rows ${operandsText({ weight })}`);
}
