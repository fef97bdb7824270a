/** Largest and smallest over the middle axis of [a, b, c]; NaN wins, as in PyTorch. */
import { loadPart, storePart } from "./simd";

/** out[a, c] = largest x[a, b, c] over b; b at least 1. */
export function max(x: usize, out: usize, outer: i32, count: i32, inner: i32): void {
  reduce(x, out, outer, count, inner, true);
}

/** out[a, c] = smallest x[a, b, c] over b; b at least 1. */
export function min(x: usize, out: usize, outer: i32, count: i32, inner: i32): void {
  reduce(x, out, outer, count, inner, false);
}

@inline
function better(a: v128, b: v128, largest: bool): v128 {
  return largest ? f32x4.max(a, b) : f32x4.min(a, b);
}

@inline
function reduce(x: usize, out: usize, outer: i32, count: i32, inner: i32, largest: bool): void {
  const line: usize = inner * 4;
  for (; outer > 0; outer--) {
    if (inner == 1) {
      store<f32>(out, along(x, count, largest));
    } else {
      let j: usize = 0;
      for (; j + 16 <= line; j += 16) {
        let best = v128.load(x + j);
        for (let i: usize = 1; i < <usize>count; i++) best = better(best, v128.load(x + i * line + j), largest);
        v128.store(out + j, best);
      }
      const rest = <i32>(line - j) >> 2;
      if (rest > 0) {
        let best = loadPart(x + j, rest);
        for (let i: usize = 1; i < <usize>count; i++) best = better(best, loadPart(x + i * line + j, rest), largest);
        storePart(out + j, best, rest);
      }
    }
    x += <usize>count * line;
    out += line;
  }
}

/** Over one run; NaN is looked for beside, which is cheaper than a maximum that carries it. */
@inline
function along(x: usize, count: i32, largest: bool): f32 {
  let best = v128.load32_splat(x);
  let other = best;
  let bad = f32x4.ne(best, best);
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    const a = v128.load(x + i * 4);
    const b = v128.load(x + i * 4, 16);
    best = quick(best, a, largest);
    other = quick(other, b, largest);
    bad = v128.or(bad, v128.or(f32x4.ne(a, a), f32x4.ne(b, b)));
  }
  best = quick(best, other, largest);
  for (; i < count; i++) {
    const a = v128.load32_splat(x + i * 4);
    best = quick(best, a, largest);
    bad = v128.or(bad, f32x4.ne(a, a));
  }
  best = quick(best, v128.shuffle<f32>(best, best, 2, 3, 0, 1), largest);
  best = quick(best, v128.shuffle<f32>(best, best, 1, 0, 3, 2), largest);
  return v128.any_true(bad) ? NaN : f32x4.extract_lane(best, 0);
}

@inline
function quick(a: v128, b: v128, largest: bool): v128 {
  return largest ? f32x4.pmax(a, b) : f32x4.pmin(a, b);
}
