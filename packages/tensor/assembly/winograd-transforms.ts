/**
 * The ways of inputs and outputs into `winograd` and back, for the points 0, ±√½, ±√2 and infinity, four tiles in a
 * vector. Position (i, j) is 6 i + j.
 *
 * With these points the error is about twice that of the plain sum; with the usual 0, ±1, ±2 it is ten times as large.
 * Barabasz et al., https://arxiv.org/abs/1803.10986
 */
import { madd, writeLanes } from "./simd";

export const SMALL: f32 = 0.70710678;
export const LARGE: f32 = 1.41421356;

/** Bytes that the maps need for their first half, `across` tiles in a line. */
@inline
export function transformScratch(across: i32): usize {
  return 6 * inLineBytes(across);
}

/** Bytes of a line of inputs under whole vectors of tiles. */
@inline
function inLineBytes(across: i32): usize {
  return (((across + 3) & ~3) * 4 + 4) * 4;
}

/**
 * A line of tiles of one channel to 36 positions, `step` bytes apart: `Bᵀ d B`, four tiles at a time. Tiles past
 * `count` are written too and hold nothing of use: the next line overwrites them.
 */
export function linesIn(count: i32, from: usize, pitch: usize, to: usize, step: usize, scratch: usize): void {
  const line = inLineBytes(count);
  const width: usize = (4 * count + 2) * 4;
  for (let x: usize = 0; x < width; x += 16) {
    let at = from + x;
    const d0 = v128.load(at);
    at += pitch;
    const d1 = v128.load(at);
    at += pitch;
    const d2 = v128.load(at);
    at += pitch;
    const d3 = v128.load(at);
    at += pitch;
    const d4 = v128.load(at);
    at += pitch;
    spreadInput(d0, d1, d2, d3, d4, v128.load(at), scratch + x, line);
  }
  for (let i: usize = 0; i < 6; i++) {
    let at = scratch + i * line;
    let target = to + 6 * i * step;
    for (let t = 0; t < count; t += 4) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at, 32);
      const d = v128.load(at, 48);
      const next = v128.load(at, 64);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      const d0 = v128.shuffle<f64>(ab, cd, 0, 2);
      const d1 = v128.shuffle<f64>(ab, cd, 1, 3);
      const d2 = v128.shuffle<f64>(abHigh, cdHigh, 0, 2);
      const d3 = v128.shuffle<f64>(abHigh, cdHigh, 1, 3);
      const d4 = v128.shuffle<f32>(d0, next, 1, 2, 3, 4);
      spreadInput(d0, d1, d2, d3, d4, v128.shuffle<f32>(d1, next, 1, 2, 3, 5), target, step);
      at += 64;
      target += 16;
    }
  }
}

@inline
function spreadInput(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, step: usize): void {
  const evenSmall = madd(d2, f32x4.splat(-2), d4);
  const oddSmall = madd(d1, f32x4.splat(-2), d3);
  const evenLarge = madd(d2, f32x4.splat(-0.5), d4);
  const oddLarge = madd(d1, f32x4.splat(-0.5), d3);
  v128.store(to, madd(d2, f32x4.splat(-2.5), f32x4.add(d0, d4)));
  to += step;
  v128.store(to, madd(oddSmall, f32x4.splat(SMALL), evenSmall));
  to += step;
  v128.store(to, madd(oddSmall, f32x4.splat(-SMALL), evenSmall));
  to += step;
  v128.store(to, madd(oddLarge, f32x4.splat(LARGE), evenLarge));
  to += step;
  v128.store(to, madd(oddLarge, f32x4.splat(-LARGE), evenLarge));
  v128.store(to + step, madd(d3, f32x4.splat(-2.5), f32x4.add(d1, d5)));
}

/** A line of tiles of one output channel to `lines` (1 to 4) lines of `width` outputs: `Aᵀ m A + shift`. */
export function outLines(
  width: i32,
  lines: i32,
  from: usize,
  step: usize,
  shift: f32,
  to: usize,
  scratch: usize,
): void {
  const start = f32x4.splat(shift);
  const row: usize = 6 * step;
  for (let x = 0; x < width; x += 16) {
    for (let j: usize = 0; j < 6; j++) {
      const at = from + j * step;
      const m0 = v128.load(at);
      const m1 = v128.load(at + row);
      const m2 = v128.load(at + 2 * row);
      const m3 = v128.load(at + 3 * row);
      const m4 = v128.load(at + 4 * row);
      const m5 = v128.load(at + 5 * row);
      const half = scratch + j * 16;
      v128.store(half, outEnd(m0, m1, m2, m3, m4));
      v128.store(half, outFirst(m1, m2, m3, m4), 96);
      v128.store(half, outSecond(m1, m2, m3, m4), 192);
      v128.store(half, outThird(m1, m2, m3, m4, m5), 288);
    }
    let half = scratch;
    let target = to + x * 4;
    for (let i = 0; i < lines; i++) {
      const m0 = f32x4.add(v128.load(half), start);
      const m1 = v128.load(half, 16);
      const m2 = v128.load(half, 32);
      const m3 = v128.load(half, 48);
      const m4 = v128.load(half, 64);
      const m5 = f32x4.add(v128.load(half, 80), start);
      writeFours(
        outEnd(m0, m1, m2, m3, m4),
        f32x4.add(outFirst(m1, m2, m3, m4), start),
        f32x4.add(outSecond(m1, m2, m3, m4), start),
        outThird(m1, m2, m3, m4, m5),
        target,
        width - x,
      );
      half += 96;
      target += width * 4;
    }
    from += 16;
  }
}

@inline
function outEnd(m0: v128, m1: v128, m2: v128, m3: v128, m4: v128): v128 {
  return f32x4.add(f32x4.add(m0, f32x4.add(m1, m2)), f32x4.add(m3, m4));
}

@inline
function outFirst(m1: v128, m2: v128, m3: v128, m4: v128): v128 {
  return madd(f32x4.sub(m3, m4), f32x4.splat(LARGE), f32x4.mul(f32x4.sub(m1, m2), f32x4.splat(SMALL)));
}

@inline
function outSecond(m1: v128, m2: v128, m3: v128, m4: v128): v128 {
  return madd(f32x4.add(m3, m4), f32x4.splat(2), f32x4.mul(f32x4.add(m1, m2), f32x4.splat(0.5)));
}

@inline
function outThird(m1: v128, m2: v128, m3: v128, m4: v128, m5: v128): v128 {
  return madd(f32x4.sub(m3, m4), f32x4.splat(2 * LARGE), madd(f32x4.sub(m1, m2), f32x4.splat(0.5 * SMALL), m5));
}

/** The elements of four vectors by turns, at most `count` of them. */
@inline
function writeFours(x: v128, y: v128, z: v128, w: v128, to: usize, count: i32): void {
  const xy = v128.shuffle<f32>(x, y, 0, 4, 1, 5);
  const zw = v128.shuffle<f32>(z, w, 0, 4, 1, 5);
  const xyHigh = v128.shuffle<f32>(x, y, 2, 6, 3, 7);
  const zwHigh = v128.shuffle<f32>(z, w, 2, 6, 3, 7);
  const a = v128.shuffle<f64>(xy, zw, 0, 2);
  const b = v128.shuffle<f64>(xy, zw, 1, 3);
  const c = v128.shuffle<f64>(xyHigh, zwHigh, 0, 2);
  const d = v128.shuffle<f64>(xyHigh, zwHigh, 1, 3);
  writeLanes(to, a, min(4, count));
  if (count > 4) writeLanes(to + 16, b, min(4, count - 4));
  if (count > 8) writeLanes(to + 32, c, min(4, count - 8));
  if (count > 12) writeLanes(to + 48, d, min(4, count - 12));
}
