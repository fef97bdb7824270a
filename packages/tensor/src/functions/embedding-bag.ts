import { newArray } from "../dtype.ts";
import { operandsText, shapeText } from "../errors.ts";
import { mul } from "../ops/elementwise/arithmetic.ts";
import { maskedFill } from "../ops/elementwise/masked-fill.ts";
import { gatherRows } from "../ops/embedding/rows.ts";
import { reshape } from "../ops/view/reshape.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray, zeros } from "./creation.ts";
import { checkTable, limitRows, paddingRow } from "./embedding.ts";
import { max } from "./extremes.ts";
import { sum } from "./reduce.ts";

export interface EmbeddingBagOptions {
  /** Where each bag begins in indices `[n]`; not with indices `[bags, n]`. */
  offsets?: Tensor | undefined;
  /** What becomes of a bag's rows. Default "mean". */
  mode?: "sum" | "mean" | "max";
  /** Factors of the rows, of the shape of `indices`; for "sum" only. */
  perSampleWeights?: Tensor | undefined;
  /** `offsets` ends with the number of indices. Default false. */
  includeLastOffset?: boolean;
  /** The row that counts for nothing; negative counts from the end. */
  paddingIdx?: number | undefined;
  /** Divide the gradient of each row by how often its index occurs. Default false. */
  scaleGradByFreq?: boolean;
  /** Rows that `indices` names and whose norm is larger are scaled down to it first, in place. */
  maxNorm?: number | undefined;
  /** The power of that norm. Default 2. */
  normType?: number;
}

/**
 * The sum, mean or maximum of the rows of `weight` in each bag of indices; zeros for an empty one. Shapes indices
 * `[bags, n]` or `[n]` with offsets `[bags]` (int32), weight `[rows, width]`, to `[bags, width]`.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.embedding_bag.html
 *
 * @example
 * embeddingBag(tensor([[0, 1]], { dtype: "int32" }), tensor([[1, 2], [3, 6]])).tolist(); // => [[2, 4]]
 */
export function embeddingBag(indices: Tensor, weight: Tensor, options: EmbeddingBagOptions = {}): Tensor {
  const { mode = "mean", perSampleWeights, paddingIdx, scaleGradByFreq = false, maxNorm, normType = 2 } = options;
  check(indices, weight, mode, perSampleWeights);
  const bounds = boundsOf(indices, options);
  const padding = paddingRow("embeddingBag", weight, paddingIdx);
  if (maxNorm !== undefined) limitRows("embeddingBag", indices, weight, maxNorm, normType);
  const { dtype, device } = weight;
  if (indices.size === 0) return zeros([bounds.length - 1, weight.shape[1] as number], { dtype, device });
  const { factors, places, grid } = packed(indices, bounds, padding, mode === "mean");
  const flat = gatherRows(weight, reshape(indices, [indices.size]), { scaleByFrequency: scaleGradByFreq });
  const order = fromTypedArray(places, grid, "int32", device);
  const table = gatherRows(flat, order);
  if (mode === "max")
    return largest(
      table,
      Uint8Array.from(factors, (factor) => (factor === 0 ? 1 : 0)),
      grid,
    );
  const scales = newArray(dtype, factors.length);
  scales.set(factors);
  const constant = fromTypedArray(scales, [...grid, 1], dtype, device);
  if (perSampleWeights === undefined) return sum(mul(table, constant), { dim: 1 });
  const given = gatherRows(reshape(perSampleWeights, [indices.size, 1]), order);
  return sum(mul(table, mul(given, constant)), { dim: 1 });
}

/** The maximum over each bag of `table` `[bags, longest, width]` without what is hidden; zeros where that is everything. */
function largest(table: Tensor, hidden: Uint8Array, grid: readonly [bags: number, longest: number]): Tensor {
  const [bags, longest] = grid;
  const empty = Uint8Array.from({ length: bags }, (_, bag) =>
    hidden.subarray(bag * longest, (bag + 1) * longest).every((each) => each === 1) ? 1 : 0,
  );
  const { device } = table;
  const shown = maskedFill(table, fromTypedArray(hidden, [...grid, 1], "bool", device), Number.NEGATIVE_INFINITY);
  return maskedFill(max(shown, { dim: 1 }).values, fromTypedArray(empty, [bags, 1], "bool", device), 0);
}

interface Packed {
  /** `[bags, longest]`, at least one long; what is not in a bag has place 0 and factor 0. */
  readonly grid: readonly [bags: number, longest: number];
  /** Where in `indices` each one is. */
  readonly places: Int32Array;
  readonly factors: Float64Array;
}

/** Brings bags of any lengths to one. With `average`, the factors of a bag add up to 1. */
function packed(indices: Tensor, bounds: readonly number[], padding: number, average: boolean): Packed {
  const all = Array.from(indices.detach().toArray());
  const bags = bounds.slice(1).map((end, bag) => all.slice(bounds[bag], end));
  const longest = bags.reduce((most, { length }) => Math.max(most, length), 1);
  const made = { places: new Int32Array(bags.length * longest), factors: new Float64Array(bags.length * longest) };
  bags.forEach((own, bag) => {
    const counted = own.filter((row) => row !== padding).length;
    own.forEach((row, i) => {
      made.places[bag * longest + i] = (bounds[bag] as number) + i;
      made.factors[bag * longest + i] = row === padding ? 0 : average ? 1 / counted : 1;
    });
  });
  return { grid: [bags.length, longest], ...made };
}

/** Where each bag begins in the flattened indices, and where the last one ends. */
function boundsOf(indices: Tensor, { offsets, includeLastOffset = false }: EmbeddingBagOptions): number[] {
  if (indices.ndim === 2) {
    if (offsets !== undefined)
      throw new TypeError(`embeddingBag: offsets go with indices [n] only ${operandsText({ indices, offsets })}`);
    return Array.from({ length: (indices.shape[0] as number) + 1 }, (_, bag) => bag * (indices.shape[1] as number));
  }
  if (indices.ndim !== 1)
    throw new RangeError(`embeddingBag: indices must be [n] or [bags, n] ${operandsText({ indices })}`);
  if (offsets === undefined || offsets.ndim !== 1)
    throw new TypeError(`embeddingBag: indices [n] need offsets [bags] ${operandsText({ indices })}`);
  const bounds = Array.from(offsets.detach().toArray());
  const ascending = bounds.every((start, bag) => start >= (bounds[bag - 1] ?? 0) && start <= indices.size);
  if (!ascending || (bounds[0] ?? 0) !== 0) {
    throw new RangeError(
      `embeddingBag: offsets must begin with 0 and ascend to at most ${indices.size}, got ${shapeText(bounds)}`,
    );
  }
  return includeLastOffset ? bounds : [...bounds, indices.size];
}

function check(indices: Tensor, weight: Tensor, mode: string, perSampleWeights: Tensor | undefined): void {
  checkTable("embeddingBag", indices, weight);
  if (mode !== "sum" && mode !== "mean" && mode !== "max")
    throw new RangeError(`embeddingBag: mode must be "sum", "mean" or "max", got "${mode}"`);
  if (perSampleWeights === undefined) return;
  if (mode !== "sum") throw new TypeError(`embeddingBag: perSampleWeights go with mode "sum" only, got "${mode}"`);
  if (!sameShape(perSampleWeights.shape, indices.shape)) {
    throw new RangeError(
      `embeddingBag: perSampleWeights must have the shape of indices ${operandsText({ perSampleWeights, indices })}`,
    );
  }
}
