import type { DType } from "../../dtype.ts";
import { type WgslType, wgslTypeOf } from "./elements.ts";

/** How elements become one, in WGSL: each is lifted to a state, and states are joined in any grouping. */
export interface Fold {
  /** The type of a state, and what declares it where it is a `struct`. */
  readonly state: string;
  readonly declares?: string;
  /** The state of no elements. */
  readonly start: string;
  /** The state of one element `value` that stands at `place`. */
  readonly lift: string;
  /** The statements of `fn joined(x, y)`, x being of earlier elements. */
  readonly join: string;
  /** What comes out: an expression of the state `s`. */
  readonly finish: string;
  /** The sentence it may raise, as `raise(a.alarm, 0)`. */
  readonly alarm?: string;
}

/** The WGSL that `lifted(value, place)` and `joined(x, y)` need, for elements of type `type`. */
export function foldToWgsl({ state, declares = "", start, lift, join }: Fold, type: WgslType): string {
  return `
${declares}
fn started() -> ${state} { return ${start}; }
fn lifted(value : ${type}, place : u32) -> ${state} { return ${lift}; }
fn joined(x : ${state}, y : ${state}) -> ${state} {
  ${join}
}`;
}

/** The fold of a fold's own states, where they are plain numbers. */
export const again = (fold: Fold): Fold => ({ ...fold, lift: "value" });

export const sumFold = (who: string, dtype: DType): Fold =>
  dtype === "float32" ? plain("0.0", "return x + y;") : wholeSum(who, wgslTypeOf(dtype));

export const productFold = (who: string, dtype: DType): Fold =>
  dtype === "float32" ? plain("1.0", "return x * y;") : wholeProduct(who);

const plain = (start: string, join: string, state: WgslType = "f32"): Fold => ({
  state,
  start,
  lift: "value",
  join,
  finish: "s",
});

const tooLarge = (who: string): string => `${who}: the integer result does not fit int32: convert to float32 first`;

/** Integers of 64 bits, the lower half first. */
const wholeSum = (who: string, type: WgslType): Fold => ({
  state: "vec2<u32>",
  start: "vec2<u32>(0u)",
  lift: type === "i32" ? "vec2<u32>(bitcast<u32>(value), select(0u, 0xffffffffu, value < 0))" : "vec2<u32>(value, 0u)",
  join: "let low = x.x + y.x; return vec2<u32>(low, x.y + y.y + select(0u, 1u, low < x.x));",
  declares: `fn narrowed(s : vec2<u32>) -> i32 {
  let low = bitcast<i32>(s.x);
  if (bitcast<i32>(s.y) != low >> 31u) { raise(a.alarm, 0); }
  return low;
}`,
  finish: "narrowed(s)",
  alarm: tooLarge(who),
});

/** The product, and whether it is too large; a 0 makes every product 0. */
const wholeProduct = (who: string): Fold => ({
  state: "Product",
  declares: `struct Product { whole : i32, large : bool }
fn isZero(s : Product) -> bool { return s.whole == 0 && !s.large; }
fn narrowed(s : Product) -> i32 {
  if (s.large) { raise(a.alarm, 0); }
  return s.whole;
}`,
  start: "Product(1, false)",
  lift: "Product(i32(value), false)",
  join: `if (isZero(x) || isZero(y)) { return Product(0, false); }
  let whole = x.whole * y.whole;
  let wraps = x.whole != 0 && (whole / x.whole != y.whole || (x.whole == -1 && whole == y.whole));
  return Product(whole, x.large || y.large || wraps);`,
  finish: "narrowed(s)",
  alarm: tooLarge(who),
});

/** The sum over how many elements there are. */
export const meanFold: Fold = { ...plain("0.0", "return x + y;"), finish: "s / f32(a.length)" };

/** The largest for "max", the smallest for "min"; NaN before either. */
export function extremeFold(which: "max" | "min", dtype: DType): Fold {
  const type = wgslTypeOf(dtype);
  const start = lowest(which, type);
  return plain(start, type === "f32" ? `return fn_${which}(x, y);` : `return ${which}(x, y);`, type);
}

/** Below everything for "max", above it for "min". */
function lowest(which: "max" | "min", type: WgslType): string {
  if (type === "f32") return which === "max" ? "-infinity()" : "infinity()";
  if (type === "i32") return which === "max" ? "i32(-2147483648)" : "2147483647";
  return which === "max" ? "0u" : "0xffffffffu";
}

/** Where the largest or smallest is: the first of equal ones, or the latest; NaN before either. */
export function placeFold(which: "max" | "min", dtype: DType, latest = false): Fold {
  const type = wgslTypeOf(dtype);
  const better = which === "max" ? ">" : "<";
  const isNan = (value: string): string => (type === "f32" ? `isNan(${value})` : "false");
  return {
    state: "Found",
    declares: `struct Found { value : ${type}, place : u32 }`,
    start: `Found(${lowest(which, type)}, 0xffffffffu)`,
    lift: "Found(value, place)",
    join: `if (x.place == 0xffffffffu) { return y; }
  if (y.place == 0xffffffffu) { return x; }
  if (${isNan("x.value")} != ${isNan("y.value")}) { if (${isNan("x.value")}) { return x; } return y; }
  if (!(${isNan("x.value")}) && x.value != y.value) { if (x.value ${better} y.value) { return x; } return y; }
  if (x.place ${latest ? ">" : "<"} y.place) { return x; }
  return y;`,
    finish: "i32(select(s.place, 0u, s.place == 0xffffffffu))",
  };
}

/** Whether all are others than 0, or any is. */
export const truthFold = (which: "all" | "any"): Fold => ({
  state: "u32",
  start: which === "all" ? "1u" : "0u",
  lift: "select(1u, 0u, value == 0)",
  join: which === "all" ? "return x & y;" : "return x | y;",
  finish: "s",
});

/** `log Σ e^x`, as the largest x and the sum of what `e^x` is beside it. */
export const logSumExpFold: Fold = {
  state: "vec2<f32>",
  declares: `fn weighed(s : vec2<f32>, top : f32) -> f32 {
  return select(s.y * fn_exp(s.x - top), s.y, s.x == top);
}`,
  start: "vec2<f32>(-infinity(), 0.0)",
  lift: "select(vec2<f32>(value, 1.0), vec2<f32>(-infinity(), value), isNan(value))",
  join: "let top = max(x.x, y.x); return vec2<f32>(top, weighed(x, top) + weighed(y, top));",
  finish: "select(s.x + fn_log(s.y), fn_log(s.y), isInf(s.x) && isNan(s.y))",
};

/** How many, their mean, and the sum of their squared distances from it (Chan, Golub and LeVeque). */
export const momentsFold = (root: boolean): Fold => ({
  state: "Moments",
  declares: "struct Moments { count : f32, mean : f32, spread : f32 }",
  start: "Moments(0.0, 0.0, 0.0)",
  lift: "Moments(1.0, value, 0.0)",
  join: `if (x.count == 0.0) { return y; }
  if (y.count == 0.0) { return x; }
  let count = x.count + y.count;
  let off = y.mean - x.mean;
  let share = y.count / count;
  return Moments(count, x.mean + off * share, x.spread + y.spread + off * off * x.count * share);`,
  finish: `${root ? "sqrt" : ""}(s.spread / max(0.0, f32(a.length) - a.correction))`,
});

/** The norm of power `p`. */
export function normFold(p: number): Fold {
  const sum = plain("0.0", "return x + y;");
  if (p === Number.POSITIVE_INFINITY) return { ...plain("0.0", "return fn_max(x, y);"), lift: "abs(value)" };
  if (p === Number.NEGATIVE_INFINITY) return { ...plain("infinity()", "return fn_min(x, y);"), lift: "abs(value)" };
  if (p === 0) return { ...sum, lift: "select(1.0, 0.0, value == 0.0)" };
  if (p === 1) return { ...sum, lift: "abs(value)" };
  if (p === 2) return { ...sum, lift: "value * value", finish: "sqrt(s)" };
  return { ...sum, lift: "fn_pow(abs(value), a.p)", finish: "fn_pow(s, 1.0 / a.p)" };
}
