import { isFloat } from "../dtype.ts";
import { shapeText } from "../errors.ts";
import { toCopy } from "../ops/copy.ts";
import { lerp } from "../ops/elementwise/blend.ts";
import { binary, unary } from "../ops/elementwise/define.ts";
import { gather } from "../ops/index/gather.ts";
import { permute } from "../ops/view/permute.ts";
import { reshape } from "../ops/view/reshape.ts";
import { normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray } from "./creation.ts";
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
 * - q: a number from 0 to 1, or a list or tensor `[k]` of them
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
/** Ranks count from 0: the last one, a NaN, where there is one. */
const rank = binary("quantileRank", "y > 0 ? last : x * last", { last: 0 });
const rankAmong = binary("nanquantileRank", "x * max(length - y - 1, 0)", { length: 0 });
const down = unary("quantileLower", "floor(x)");
const up = unary("quantileUpper", "ceil(x)");
const nearest = unary("quantileNearest", "round(x)");
const fraction = unary("quantileWeight", "x - floor(x)");

function quantiles(
  who: string,
  x: Tensor,
  q: number | readonly number[] | Tensor,
  options: QuantileOptions,
  skipNan: boolean,
): Tensor {
  const { dim, keepdim = false, interpolation = "linear" } = options;
  if (!isFloat(x.dtype))
    throw new TypeError(`${who}: needs a floating-point tensor, got ${x.dtype}: convert with .to("float32")`);
  if (x.size === 0) throw new RangeError(`${who}: needs at least one element (x ${shapeText(x.shape)})`);
  const shares = sharesOf(who, x, q);
  const axis = dim === undefined ? 0 : normalizeDim(who, dim, x.ndim);
  const others = dim === undefined || x.ndim === 0 ? [] : [...x.shape.keys()].filter((at) => at !== axis);
  const lines = others.length === 0 ? reshape(x, [-1]) : permute(x, [...others, axis]);
  const length = lines.shape.at(-1) as number;
  const missing = toCopy(sum(isNan(lines.detach()), { dim: -1, keepdim: true }), "float64");
  const ranks = skipNan ? rankAmong(shares, missing, { length }) : rank(shares, missing, { last: length - 1 });
  const found = between(sort(lines).values, ranks, interpolation);
  const kept = keepdim
    ? x.shape.map((size, at) => (dim === undefined || at === axis ? 1 : size))
    : others.map((at) => x.shape[at] as number);
  const list = typeof q !== "number" && !("dtype" in q && q.ndim === 0);
  const inFront = permute(found, [others.length, ...others.keys()]);
  return reshape(inFront, list ? [shares.size, ...kept] : kept);
}

/** The shares as float64 `[k]`. */
function sharesOf(who: string, x: Tensor, q: number | readonly number[] | Tensor): Tensor {
  if (typeof q !== "number" && "dtype" in q && q.ndim > 1)
    throw new RangeError(`${who}: q must have at most 1 dimension (q ${shapeText(q.shape)})`);
  const values = typeof q === "number" ? [q] : "dtype" in q ? Array.from(q.detach().toArray()) : q;
  const wrong = values.find((share) => !(share >= 0 && share <= 1));
  if (wrong !== undefined) throw new RangeError(`${who}: q must lie in [0, 1], got ${wrong}`);
  if (typeof q !== "number" && "dtype" in q) return toCopy(reshape(q, [-1]), "float64");
  return fromTypedArray(Float64Array.from(values), [values.length], "float64", x.device);
}

/** From sorted `[..., n]` what stands at `ranks` `[..., k]`. */
function between(values: Tensor, ranks: Tensor, interpolation: NonNullable<QuantileOptions["interpolation"]>): Tensor {
  const pick = (places: Tensor): Tensor => gather(values, -1, toCopy(places.detach(), "int32"));
  if (interpolation === "lower") return pick(down(ranks));
  if (interpolation === "higher") return pick(up(ranks));
  if (interpolation === "nearest") return pick(nearest(ranks));
  return lerp(
    pick(down(ranks)),
    pick(up(ranks)),
    interpolation === "midpoint" ? 0.5 : toCopy(fraction(ranks), values.dtype),
  );
}
