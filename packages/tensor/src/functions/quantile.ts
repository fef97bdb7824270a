import { isFloat } from "../dtype.ts";
import { unary } from "../ops/elementwise/define.ts";
import { binary } from "../ops/elementwise/define.ts";
import { lerp } from "../ops/elementwise/blend.ts";
import { gather } from "../ops/index/gather.ts";
import { anyBlock } from "../ops/reduce/truth.ts";
import { cat } from "../ops/shape/cat.ts";
import { permute } from "../ops/view/permute.ts";
import { reshape, view } from "../ops/view/reshape.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import { toCopy } from "../ops/copy.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { sort } from "./order.ts";
import { sum } from "./reduce.ts";

export interface QuantileOptions {
  /** Default all of them, read as one line. */
  dim?: number | undefined;
  keepdim?: boolean | undefined;
  /** What to take between two elements: a point on the line between them (the default), one of them, or their middle. */
  interpolation?: "linear" | "lower" | "higher" | "midpoint" | "nearest" | undefined;
}

/**
 * The value below which a share `q` of the elements along `dim` lies; NaN where there is one. Floats only.
 *
 * - q: a number from 0 to 1, or a list or tensor `[k]` of them (no gradient flows to it)
 * - result: `[a, b, c]` to `[a, c]` for dim 1, `[a, 1, c]` with keepdim; with `k` in front for a list
 *
 * @example
 * quantile(tensor([0, 1, 2, 3]), 0.5).item(); // => 1.5
 */
export const quantile = (x: Tensor, q: number | readonly number[] | Tensor, options: QuantileOptions = {}): Tensor =>
  quantiles("quantile", x, q, options, false);

/**
 * As `quantile`, of what is not NaN.
 *
 * @example
 * nanquantile(tensor([0, Number.NaN, 1]), 0.5).item(); // => 0.5
 */
export const nanquantile = (x: Tensor, q: number | readonly number[] | Tensor, options: QuantileOptions = {}): Tensor =>
  quantiles("nanquantile", x, q, options, true);

const isNan = unary("isNan", "isnan(x) ? 1 : 0", undefined, { result: "float" });
/** Ranks counted from 0: the last one, a NaN, where `x` says that there is one. */
const rankBefore = binary("quantileRank", "x > 0 ? last : y", { last: 0 });
const rankAmong = unary("nanquantileRank", "max(x - 1, 0) * q", { q: 0 });
const down = unary("quantileLower", "floor(x)");
const up = unary("quantileUpper", "ceil(x)");
const nearest = unary("quantileNearest", "round(x)");
const fraction = unary("quantileWeight", "x - floor(x)");

function quantiles(who: string, x: Tensor, q: number | readonly number[] | Tensor, { dim, keepdim = false, interpolation = "linear" }: QuantileOptions, skipNan: boolean): Tensor {
  if (!isFloat(x.dtype)) throw new TypeError(`${who}: needs a floating-point tensor, got ${x.dtype}: convert with .to("float32")`);
  const shares = typeof q === "number" ? [q] : "dtype" in q ? Array.from(q.toArray()) : q;
  const wrong = shares.find((share) => !(share >= 0 && share <= 1));
  if (wrong !== undefined) throw new RangeError(`${who}: q must lie in [0, 1], got ${wrong}`);
  if (x.size === 0) throw new RangeError(`${who}: needs at least one element (x [${x.shape.join(", ")}])`);
  const axis = dim === undefined ? 0 : normalizeDim(who, dim, x.ndim);
  const lines = dim === undefined || x.ndim === 0 ? reshape(x, [-1]) : permute(x, [...x.shape.keys()].filter((at) => at !== axis).concat(axis));
  const { values } = sort(lines);
  const missing = isNan(lines.detach());
  const results = shares.map((share) => at(values, skipNan ? presentRanks(missing, share) : allRanks(missing, share), interpolation));
  const kept = keepdim ? x.shape.map((length, at) => (dim === undefined || at === axis ? 1 : length)) : undefined;
  const shaped = results.map((result) => (kept === undefined ? result : view(result, kept)));
  return typeof q === "number" || ("dtype" in q && q.ndim === 0) ? (shaped[0] as Tensor) : cat(shaped.map((result) => unsqueeze(result, 0)));
}

function allRanks(missing: Tensor, share: number): Tensor {
  const last = (missing.shape.at(-1) as number) - 1;
  const some = anyBlock(missing, { dim: missing.ndim - 1, span: 1 });
  return rankBefore(toCopy(some, "float64"), share * last, { last });
}

function presentRanks(missing: Tensor, share: number): Tensor {
  const length = missing.shape.at(-1) as number;
  return rankAmong(presentOf(toCopy(sum(missing, { dim: -1 }), "float64"), length), { q: share });
}

const presentAmong = unary("nanquantileCount", "length - x", { length: 0 });
const presentOf = (missing: Tensor, length: number): Tensor => presentAmong(missing, { length });

function at(values: Tensor, ranks: Tensor, interpolation: NonNullable<QuantileOptions["interpolation"]>): Tensor {
  const pick = (places: Tensor): Tensor => view(gather(values, -1, unsqueeze(toCopy(places, "int32"), -1)), ranks.shape);
  if (interpolation === "lower") return pick(down(ranks));
  if (interpolation === "higher") return pick(up(ranks));
  if (interpolation === "nearest") return pick(nearest(ranks));
  return lerp(pick(down(ranks)), pick(up(ranks)), interpolation === "midpoint" ? 0.5 : toCopy(fraction(ranks), values.dtype));
}
