/** The five linear maps of `winograd`: four tiles, or four output channels, in a vector. Position (i, j) is 4 i + j. */
import { writeLanes } from "./simd";

/**
 * A line of tiles of one channel to 16 positions, `step` bytes apart: `Bᵀ d B`, four tiles at a time. Tiles past
 * `count` are written too and hold nothing of use: the next line overwrites them.
 */
export function linesIn(count: i32, from: usize, pitch: usize, to: usize, step: usize): void {
  const second = from + pitch;
  const third = second + pitch;
  const fourth = third + pitch;
  const positions: usize = 4 * step;
  for (let t = 0; t < count; t += 4) {
    const at: usize = t * 8;
    difference(from + at, third + at, to, step);
    total(second + at, third + at, to + positions, step);
    difference(third + at, second + at, to + 2 * positions, step);
    difference(second + at, fourth + at, to + 3 * positions, step);
    to += 16;
  }
}

@inline
function difference(x: usize, y: usize, to: usize, step: usize): void {
  across(
    f32x4.sub(v128.load(x), v128.load(y)),
    f32x4.sub(v128.load(x, 16), v128.load(y, 16)),
    f32x4.sub(v128.load(x, 8), v128.load(y, 8)),
    f32x4.sub(v128.load(x, 24), v128.load(y, 24)),
    to,
    step,
  );
}

@inline
function total(x: usize, y: usize, to: usize, step: usize): void {
  across(
    f32x4.add(v128.load(x), v128.load(y)),
    f32x4.add(v128.load(x, 16), v128.load(y, 16)),
    f32x4.add(v128.load(x, 8), v128.load(y, 8)),
    f32x4.add(v128.load(x, 24), v128.load(y, 24)),
    to,
    step,
  );
}

/** Ten neighbouring values, as elements 0-3, 4-7, 2-5 and 6-9, to four positions of four tiles. */
@inline
function across(a: v128, b: v128, c: v128, d: v128, to: usize, step: usize): void {
  const first = v128.shuffle<f32>(a, b, 0, 2, 4, 6);
  const second = v128.shuffle<f32>(a, b, 1, 3, 5, 7);
  const third = v128.shuffle<f32>(c, d, 0, 2, 4, 6);
  const fourth = v128.shuffle<f32>(c, d, 1, 3, 5, 7);
  v128.store(to, f32x4.sub(first, third));
  v128.store(to + step, f32x4.add(second, third));
  v128.store(to + 2 * step, f32x4.sub(third, second));
  v128.store(to + 3 * step, f32x4.sub(second, fourth));
}

/** A line of tiles of one output channel to one or two lines of `width` outputs: `Aᵀ m A + shift`. */
export function outLines(width: i32, both: bool, from: usize, step: usize, shift: f32, to: usize): void {
  const start = f32x4.splat(shift);
  const next = to + width * 4;
  for (let x = 0; x < width; x += 8) {
    const upper = columnSums(from + step, step);
    const lower = columnDifferences(from + step, step);
    const upperThird = columnSums(from + 2 * step, step);
    const lowerThird = columnDifferences(from + 2 * step, step);
    const leftUpper = f32x4.add(f32x4.add(columnSums(from, step), upper), upperThird);
    const leftLower = f32x4.add(f32x4.add(columnDifferences(from, step), lower), lowerThird);
    const rightUpper = f32x4.sub(f32x4.sub(upper, upperThird), columnSums(from + 3 * step, step));
    const rightLower = f32x4.sub(f32x4.sub(lower, lowerThird), columnDifferences(from + 3 * step, step));
    writePairs(f32x4.add(leftUpper, start), f32x4.add(rightUpper, start), to + x * 4, width - x);
    if (both) writePairs(f32x4.add(leftLower, start), f32x4.add(rightLower, start), next + x * 4, width - x);
    from += 16;
  }
}

/** Positions (0, j), (1, j), (2, j) added. */
@inline
function columnSums(from: usize, step: usize): v128 {
  return f32x4.add(f32x4.add(v128.load(from), v128.load(from + 4 * step)), v128.load(from + 8 * step));
}

/** Position (1, j) less (2, j) and (3, j). */
@inline
function columnDifferences(from: usize, step: usize): v128 {
  return f32x4.sub(f32x4.sub(v128.load(from + 4 * step), v128.load(from + 8 * step)), v128.load(from + 12 * step));
}

/** The elements of x and y by turns, at most `count` of them. */
@inline
function writePairs(x: v128, y: v128, to: usize, count: i32): void {
  const low = v128.shuffle<f32>(x, y, 0, 4, 1, 5);
  const high = v128.shuffle<f32>(x, y, 2, 6, 3, 7);
  if (count >= 8) {
    v128.store(to, low);
    v128.store(to, high, 16);
  } else if (count > 4) {
    v128.store(to, low);
    writeLanes(to + 16, high, count - 4);
  } else {
    writeLanes(to, low, count);
  }
}

/**
 * The weight [outputs, inputs, 3, 3], or turned [inputs, outputs, 3, 3] read backwards, to 16 positions: `G w Gᵀ`.
 * Each position holds panels of at most 6 outputs, one line of them per input. Four outputs at a time; what is written
 * past a line is overwritten by the next one.
 */
export function weightsIn(weight: usize, outputs: i32, inputs: i32, turn: bool, to: usize, step: usize): void {
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
        spreadWeight(a, b, d, e, tap, to + i * 4, step);
      }
      to += rows * 4;
    }
  }
}

@inline
function spreadWeight(a: usize, b: usize, d: usize, e: usize, tap: i32, to: usize, step: usize): void {
  const half = f32x4.splat(0.5);
  const w0 = gathered(a, b, d, e, 0);
  const w1 = gathered(a, b, d, e, tap);
  const w2 = gathered(a, b, d, e, 2 * tap);
  const w6 = gathered(a, b, d, e, 6 * tap);
  const w7 = gathered(a, b, d, e, 7 * tap);
  const w8 = gathered(a, b, d, e, 8 * tap);
  const m0 = f32x4.mul(gathered(a, b, d, e, 3 * tap), half);
  const m1 = f32x4.mul(gathered(a, b, d, e, 4 * tap), half);
  const m2 = f32x4.mul(gathered(a, b, d, e, 5 * tap), half);
  const e0 = f32x4.mul(f32x4.add(w0, w6), half);
  const e1 = f32x4.mul(f32x4.add(w1, w7), half);
  const e2 = f32x4.mul(f32x4.add(w2, w8), half);
  spreadRow(w0, w1, w2, to, step);
  spreadRow(f32x4.add(e0, m0), f32x4.add(e1, m1), f32x4.add(e2, m2), to + 4 * step, step);
  spreadRow(f32x4.sub(e0, m0), f32x4.sub(e1, m1), f32x4.sub(e2, m2), to + 8 * step, step);
  spreadRow(w6, w7, w8, to + 12 * step, step);
}

@inline
function spreadRow(x: v128, y: v128, z: v128, to: usize, step: usize): void {
  const half = f32x4.splat(0.5);
  const middle = f32x4.mul(y, half);
  const ends = f32x4.mul(f32x4.add(x, z), half);
  v128.store(to, x);
  v128.store(to + step, f32x4.add(ends, middle));
  v128.store(to + 2 * step, f32x4.sub(ends, middle));
  v128.store(to + 3 * step, z);
}

@inline
function gathered(a: usize, b: usize, d: usize, e: usize, at: i32): v128 {
  const x = v128.load_lane<f32>(b + at, v128.load32_zero(a + at), 1);
  return v128.load_lane<f32>(e + at, v128.load_lane<f32>(d + at, x, 2), 3);
}

/** Two lines [2 count, lanes] of the gradient of y, one after the other, to 16 positions [count, lanes]: `A g Aᵀ`. */
export function gradientsIn(count: i32, lanes: i32, from: usize, to: usize, step: usize): void {
  const width: usize = lanes * 4;
  const below: usize = 2 * count * lanes * 4;
  for (let t = 0; t < count; t++) {
    for (let o: usize = 0; o < width; o += 16) {
      const a = v128.load(from + o);
      const b = v128.load(from + width + o);
      const c = v128.load(from + below + o);
      const d = v128.load(from + below + width + o);
      spreadGradient(a, b, to + o, step);
      spreadGradient(f32x4.add(a, c), f32x4.add(b, d), to + o + 4 * step, step);
      spreadGradient(f32x4.sub(a, c), f32x4.sub(b, d), to + o + 8 * step, step);
      spreadGradient(f32x4.neg(c), f32x4.neg(d), to + o + 12 * step, step);
    }
    from += 2 * width;
    to += width;
  }
}

@inline
function spreadGradient(x: v128, y: v128, to: usize, step: usize): void {
  v128.store(to, x);
  v128.store(to + step, f32x4.add(x, y));
  v128.store(to + 2 * step, f32x4.sub(x, y));
  v128.store(to + 3 * step, f32x4.neg(y));
}

/** 16 positions of `count` (1 to 4) output channels to their weights [3, 3], `apart` bytes apart: `Gᵀ s G`. */
export function weightOut(count: i32, from: usize, step: usize, weight: usize, apart: usize): void {
  const half = f32x4.splat(0.5);
  for (let line: usize = 0; line < 3; line++) {
    const a = columnOut(line, from, step);
    const b = columnOut(line, from + step, step);
    const c = columnOut(line, from + 2 * step, step);
    const d = columnOut(line, from + 3 * step, step);
    const middle = f32x4.mul(f32x4.add(b, c), half);
    writeApart(count, f32x4.add(a, middle), weight, apart);
    writeApart(count, f32x4.mul(f32x4.sub(b, c), half), weight + 4, apart);
    writeApart(count, f32x4.add(middle, d), weight + 8, apart);
    weight += 12;
  }
}

@inline
function columnOut(line: usize, from: usize, step: usize): v128 {
  const half = f32x4.splat(0.5);
  const b = v128.load(from + 4 * step);
  const c = v128.load(from + 8 * step);
  if (line == 1) return f32x4.mul(f32x4.sub(b, c), half);
  const end = v128.load(line == 0 ? from : from + 12 * step);
  return f32x4.add(end, f32x4.mul(f32x4.add(b, c), half));
}

@inline
function writeApart(count: i32, x: v128, to: usize, apart: usize): void {
  v128.store_lane<f32>(to, x, 0);
  if (count > 1) v128.store_lane<f32>(to + apart, x, 1);
  if (count > 2) v128.store_lane<f32>(to + 2 * apart, x, 2);
  if (count > 3) v128.store_lane<f32>(to + 3 * apart, x, 3);
}
