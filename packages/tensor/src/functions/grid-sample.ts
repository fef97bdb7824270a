import { isFloat } from "../dtype.ts";
import { operandsText, shapeText } from "../errors.ts";
import { add, mul, sub } from "../ops/elementwise/arithmetic.ts";
import { unary } from "../ops/elementwise/define.ts";
import { floor, round } from "../ops/elementwise/rounding.ts";
import { view } from "../ops/view/reshape.ts";
import { select } from "../ops/view/slice.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import { type GridPadding, tapIndices } from "../ops/vision/tap-indices.ts";
import { gatherTaps } from "../ops/vision/taps.ts";
import { sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { stack } from "./join.ts";
import { onesLike } from "./like.ts";

export type { GridPadding } from "../ops/vision/tap-indices.ts";

export type GridMode = "bilinear" | "nearest" | "bicubic";

export interface GridSampleOptions {
  /** "bilinear" is trilinear in volumes; "bicubic" takes images only. Default "bilinear". */
  mode?: GridMode;
  /** Default "zeros". */
  paddingMode?: GridPadding;
  /** -1 and 1 are the centres of the first and last elements, and not their edges. Default false. */
  alignCorners?: boolean;
}

/**
 * Images read at the places of a grid, from -1 (left, top, front) to 1.
 *
 * - x: `[n, c, h, w]` or `[n, c, d, h, w]`
 * - grid: `[n, outH, outW, 2]` with (x, y), or `[n, outD, outH, outW, 3]` with (x, y, z)
 * - result: `[n, c, outH, outW]` or `[n, c, outD, outH, outW]`
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.grid_sample.html
 *
 * @example
 * gridSample(tensor([[[[1, 3]]]]), tensor([[[[0, 0]]]])).tolist(); // => [[[[2]]]]
 */
export function gridSample(
  x: Tensor,
  grid: Tensor,
  { mode = "bilinear", paddingMode = "zeros", alignCorners = false }: GridSampleOptions = {},
): Tensor {
  checkGrid(x, grid);
  checkModes(x, mode, paddingMode);
  const sizes = x.shape.slice(2);
  const [n, c] = x.shape as [number, number];
  const points = sizeOf(grid.shape.slice(1, -1));
  const places = sizes.map((size, dim) => {
    const own = view(select(grid, -1, sizes.length - 1 - dim).contiguous(), [n, points]);
    const place = alignCorners ? toCentres(own, { last: size - 1 }) : toEdges(own, { size });
    return mode === "bicubic" ? place : padded(place, size, paddingMode, alignCorners);
  });
  const nearest = sizes.length === 2 ? round : roundAway;
  const corners = places.map((place) => (mode === "nearest" ? nearest(place) : floor(place)));
  const { from, weigh } = taps[mode];
  const weights = places.map((place, dim) => weigh(sub(place, corners[dim] as Tensor))).reduce(outerProduct);
  const indices = tapIndices(stack(corners, { dim: -1 }), {
    sizes,
    from,
    count: weights.shape[2] === 1 ? 1 : mode === "bicubic" ? 4 : 2,
    padding: mode === "bicubic" ? paddingMode : "zeros",
    alignCorners,
  });
  const sampled = gatherTaps(view(x.contiguous(), [n, c, sizeOf(sizes)]), weights, indices);
  return view(sampled, [n, c, ...grid.shape.slice(1, -1)]);
}

/** Every weight of one with every weight of the other: `[n, p, a]` and `[n, p, b]` to `[n, p, a b]`. */
function outerProduct(x: Tensor, y: Tensor): Tensor {
  const [n, p, a] = x.shape as [number, number, number];
  return view(mul(unsqueeze(x, -1), unsqueeze(y, -2)), [n, p, a * (y.shape[2] as number)]);
}

/** From -1 … 1 to element 0 … last, or to the edges of the elements. */
const toCentres = unary("toCentres", "(x + 1) / 2 * last", { last: 1 });
const toEdges = unary("toEdges", "((x + 1) * size - 1) / 2", { size: 1 });

/** Outside, and on the border, no gradient flows. */
const toBorder = unary("toBorder", "x > 0 ? (x < last ? x : last) : 0", { last: 1 });

/** Halves go away from 0, as PyTorch rounds in volumes; in images they go to even numbers. */
const roundAway = unary("roundAway", "trunc(x) + (abs(x - trunc(x)) >= 0.5 ? sign(x) : 0)");

/** A walk between mirrors at `low` and `low + span`. */
const toMirrored = unary(
  "toMirrored",
  "fmod(floor(abs(x - low) / span), 2) == 0 ? fmod(x < low ? low - x : x - low, span) + low : span - fmod(x < low ? low - x : x - low, span) + low",
  { low: 0, span: 1 },
);

function padded(place: Tensor, size: number, padding: GridPadding, alignCorners: boolean): Tensor {
  if (padding === "zeros") return place;
  if (padding === "border") return toBorder(place, { last: size - 1 });
  const span = alignCorners ? size - 1 : size;
  if (span === 0) return mul(place, 0);
  return toBorder(toMirrored(place, { low: alignCorners ? 0 : -0.5, span }), { last: size - 1 });
}

interface Tap {
  /** Where the first tap lies from the corner. */
  readonly from: number;
  /** The weights of all taps from how far behind the corner a place lies: `[n, p]` to `[n, p, count]`. */
  readonly weigh: (rest: Tensor) => Tensor;
}

/** Keys' cubic convolution kernel with a = -0.75, at distances up to 1, and from 1 to 2. */
const inner = unary("cubicInner", "(1.25 * x - 2.25) * x * x + 1");
const outer = unary("cubicOuter", "(((x - 5) * x + 8) * x - 4) * -0.75");

const taps: Readonly<Record<GridMode, Tap>> = {
  nearest: { from: 0, weigh: (rest) => unsqueeze(onesLike(rest), -1) },
  bilinear: { from: 0, weigh: (rest) => stack([sub(1, rest), rest], { dim: -1 }) },
  bicubic: {
    from: -1,
    weigh: (rest) => {
      const other = sub(1, rest);
      return stack([outer(add(rest, 1)), inner(rest), inner(other), outer(add(other, 1))], { dim: -1 });
    },
  },
};

function checkGrid(x: Tensor, grid: Tensor): void {
  const rank = x.ndim - 2;
  if ((rank !== 2 && rank !== 3) || grid.ndim !== x.ndim) {
    throw new RangeError(
      `gridSample: x and grid must both have 4 dimensions (images) or 5 (volumes) ${operandsText({ x, grid })}`,
    );
  }
  if (x.shape[0] !== grid.shape[0] || grid.shape.at(-1) !== rank) {
    throw new RangeError(
      `gridSample: grid must be ${shapeText([x.shape[0] as number])} in the first and ${rank} in the last dimension ${operandsText({ x, grid })}`,
    );
  }
  if (x.shape.slice(2).includes(0)) throw new RangeError(`gridSample: x has no elements ${operandsText({ x, grid })}`);
  if (x.dtype !== grid.dtype || !isFloat(x.dtype)) {
    throw new TypeError(`gridSample: x and grid must be floats of one dtype: got ${x.dtype} and ${grid.dtype}`);
  }
}

function checkModes(x: Tensor, mode: GridMode, padding: GridPadding): void {
  if (!(mode in taps))
    throw new RangeError(`gridSample: mode must be ${Object.keys(taps).join(", ")}: got ${String(mode)}`);
  if (padding !== "zeros" && padding !== "border" && padding !== "reflection") {
    throw new RangeError(`gridSample: paddingMode must be zeros, border or reflection: got ${String(padding)}`);
  }
  if (mode === "bicubic" && x.ndim === 5) {
    throw new RangeError(`gridSample: mode bicubic takes images, not volumes ${operandsText({ x })}`);
  }
}
