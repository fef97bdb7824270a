/** The ways of weights and their gradients into `winograd` and back, four output channels in a vector. */
import { madd } from "./simd";
import { LARGE, SMALL } from "./winograd-transforms";

/**
 * The weight [outputs, inputs, 3, 3], or turned [inputs, outputs, 3, 3] read backwards, to 36 positions: `G w Gᵀ`.
 * Each position holds panels of at most 6 outputs, one line of them per input. Four outputs at a time; what is written
 * past a line is overwritten by the next one.
 */
export function weightsIn(weight: usize, outputs: i32, inputs: i32, turn: bool, to: usize, step: usize, scratch: usize): void {
  const own: usize = turn ? 36 : inputs * 36;
  const other: usize = turn ? <usize>outputs * 36 : 36;
  const tap: i32 = turn ? -4 : 4;
  if (turn) weight += 32;
  let left = outputs;
  for (let panels = (outputs + 5) / 6; panels > 0; panels--) {
    const rows = (left + panels - 1) / panels;
    const top = outputs - left;
    left -= rows;
    for (let c = 0; c < inputs; c++) {
      const line = weight + <usize>c * other;
      for (let i = 0; i < rows; i += 4) {
        const a = line + <usize>(top + i) * own;
        const b = line + <usize>min(top + i + 1, outputs - 1) * own;
        const d = line + <usize>min(top + i + 2, outputs - 1) * own;
        const e = line + <usize>min(top + i + 3, outputs - 1) * own;
        spreadWeight(a, b, d, e, tap, to + i * 4, step, scratch);
      }
      to += rows * 4;
    }
  }
}

@inline
function spreadWeight(
  a: usize,
  b: usize,
  d: usize,
  e: usize,
  tap: i32,
  to: usize,
  step: usize,
  scratch: usize,
): void {
  for (let j = 0; j < 3; j++) {
    const at = j * tap;
    const upper = gathered(a, b, d, e, at);
    const middle = gathered(a, b, d, e, at + 3 * tap);
    spreadThree(upper, middle, gathered(a, b, d, e, at + 6 * tap), scratch + j * 16, 48);
  }
  for (let i: usize = 0; i < 6; i++) {
    spreadThree(v128.load(scratch), v128.load(scratch, 16), v128.load(scratch, 32), to, step);
    scratch += 48;
    to += 6 * step;
  }
}

@inline
function spreadThree(x: v128, y: v128, z: v128, to: usize, step: usize): void {
  const evenSmall = f32x4.mul(madd(z, f32x4.splat(0.5), x), f32x4.splat(-2.0 / 3));
  const oddSmall = f32x4.mul(y, f32x4.splat((-2.0 / 3) * SMALL));
  const evenLarge = f32x4.mul(madd(z, f32x4.splat(2), x), f32x4.splat(1.0 / 6));
  const oddLarge = f32x4.mul(y, f32x4.splat((1.0 / 6) * LARGE));
  v128.store(to, x);
  to += step;
  v128.store(to, f32x4.add(evenSmall, oddSmall));
  to += step;
  v128.store(to, f32x4.sub(evenSmall, oddSmall));
  to += step;
  v128.store(to, f32x4.add(evenLarge, oddLarge));
  to += step;
  v128.store(to, f32x4.sub(evenLarge, oddLarge));
  v128.store(to + step, z);
}

@inline
function gathered(a: usize, b: usize, d: usize, e: usize, at: i32): v128 {
  const x = v128.load_lane<f32>(b + at, v128.load32_zero(a + at), 1);
  return v128.load_lane<f32>(e + at, v128.load_lane<f32>(d + at, x, 2), 3);
}

/** Four lines [4 count, lanes] of the gradient of y, one after the other, to 36 positions [count, lanes]: `A g Aᵀ`. */
export function gradientsIn(count: i32, lanes: i32, from: usize, to: usize, step: usize, scratch: usize): void {
  const width: usize = lanes * 4;
  const below: usize = 4 * count * lanes * 4;
  for (let t = 0; t < count; t++) {
    for (let o: usize = 0; o < width; o += 16) {
      for (let j: usize = 0; j < 4; j++) {
        const at = from + j * width + o;
        const a = v128.load(at);
        const b = v128.load(at + below);
        spreadFour(a, b, v128.load(at + 2 * below), v128.load(at + 3 * below), scratch + j * 16, 64);
      }
      let half = scratch;
      let target = to + o;
      for (let i = 0; i < 6; i++) {
        spreadFour(v128.load(half), v128.load(half, 16), v128.load(half, 32), v128.load(half, 48), target, step);
        half += 64;
        target += 6 * step;
      }
    }
    from += 4 * width;
    to += width;
  }
}

@inline
function spreadFour(x: v128, y: v128, z: v128, w: v128, to: usize, step: usize): void {
  const evenSmall = madd(z, f32x4.splat(0.5), x);
  const oddSmall = madd(w, f32x4.splat(0.5), y);
  const evenLarge = madd(z, f32x4.splat(2), x);
  const oddLarge = madd(w, f32x4.splat(2), y);
  v128.store(to, x);
  to += step;
  v128.store(to, madd(oddSmall, f32x4.splat(SMALL), evenSmall));
  to += step;
  v128.store(to, madd(oddSmall, f32x4.splat(-SMALL), evenSmall));
  to += step;
  v128.store(to, madd(oddLarge, f32x4.splat(LARGE), evenLarge));
  to += step;
  v128.store(to, madd(oddLarge, f32x4.splat(-LARGE), evenLarge));
  v128.store(to + step, w);
}

/** 36 positions of `count` (1 to 4) output channels to their weights [3, 3], `apart` bytes apart: `Gᵀ s G`. */
export function weightOut(
  count: i32,
  from: usize,
  step: usize,
  weight: usize,
  apart: usize,
  scratch: usize,
): void {
  for (let j: usize = 0; j < 6; j++) {
    foldSix(from + j * step, 6 * step, scratch + j * 16, 96);
  }
  const line = scratch + 288;
  for (let half = scratch; half < line; half += 96) {
    foldSix(half, 16, line, 16);
    writeApart(count, v128.load(line), weight, apart);
    writeApart(count, v128.load(line, 16), weight + 4, apart);
    writeApart(count, v128.load(line, 32), weight + 8, apart);
    weight += 12;
  }
}

@inline
function foldSix(from: usize, step: usize, to: usize, toStep: usize): void {
  const s0 = v128.load(from);
  from += step;
  const s1 = v128.load(from);
  from += step;
  const s2 = v128.load(from);
  from += step;
  const s3 = v128.load(from);
  from += step;
  const s4 = v128.load(from);
  const small = f32x4.mul(f32x4.add(s1, s2), f32x4.splat(-1.0 / 3));
  const large = f32x4.mul(f32x4.add(s3, s4), f32x4.splat(1.0 / 6));
  v128.store(to, f32x4.add(s0, madd(small, f32x4.splat(2), large)));
  to += toStep;
  const odd = f32x4.mul(f32x4.sub(s3, s4), f32x4.splat((1.0 / 6) * LARGE));
  v128.store(to, madd(f32x4.sub(s1, s2), f32x4.splat((-2.0 / 3) * SMALL), odd));
  v128.store(to + toStep, f32x4.add(v128.load(from + step), madd(large, f32x4.splat(2), small)));
}

@inline
function writeApart(count: i32, x: v128, to: usize, apart: usize): void {
  v128.store_lane<f32>(to, x, 0);
  if (count > 1) v128.store_lane<f32>(to + apart, x, 1);
  if (count > 2) v128.store_lane<f32>(to + 2 * apart, x, 2);
  if (count > 3) v128.store_lane<f32>(to + 3 * apart, x, 3);
}
