/**
 * Convolution of every channel with a weight of its own: x [N, G, H, W], weight [G, kh, kw], y [N, G, oh, ow].
 *
 * Every output is one ascending chain over (ky, kx); every element of the weight's gradient is four, one for each
 * column of pixels modulo 4, added at the end.
 */
import { fillPlanes, planeWidth, planesBytes, tapOffsets } from "./plane";
import { laneSum, loadPart, madd, writeLanes } from "./simd";
import { Window } from "./window";

/** Taps of the weight's gradient that are summed at a time. */
const TAPS: i32 = 9;

@inline
export function isDepthwise(s: Window): bool {
  return s.channels == 1 && s.outputs == 1;
}

/** `turn` reads each weight backwards, as the input gradient needs it. */
export function depthwise(
  s: Window,
  weight: usize,
  turn: bool,
  x: usize,
  bias: usize,
  y: usize,
  scratch: usize,
): void {
  const taps = s.kernelY * s.kernelX;
  const table = scratch;
  const planes = table + tableBytes(s);
  const first: usize = turn ? <usize>(taps - 1) * 4 : 0;
  const step: i32 = turn ? -4 : 4;
  memory.fill(planes, 0, planesBytes(s));
  tapOffsets(s, table);
  for (let n = 0; n < s.batch; n++) {
    for (let g = 0; g < s.groups; g++) {
      const start: f32 = bias == 0 ? 0 : load<f32>(bias + g * 4);
      fillPlanes(s, x, planes);
      channel(s, weight + g * taps * 4 + first, step, taps, planes, table, start, y);
      x += s.height * s.width * 4;
      y += s.outY * s.outX * 4;
    }
  }
}

/** Bytes of scratch for `depthwise`. */
export function depthwiseScratch(s: Window): usize {
  return tableBytes(s) + planesBytes(s);
}

/** dweight [G, kh, kw]. */
export function depthwiseWeightGradient(s: Window, x: usize, dy: usize, dweight: usize, scratch: usize): void {
  const taps = s.kernelY * s.kernelX;
  const table = scratch;
  const planes = table + tableBytes(s);
  const sums = planes + ((planesBytes(s) + 31) & ~31);
  memory.fill(planes, 0, planesBytes(s));
  memory.fill(sums, 0, s.groups * taps * 16);
  tapOffsets(s, table);
  for (let n = 0; n < s.batch; n++) {
    for (let g = 0; g < s.groups; g++) {
      fillPlanes(s, x, planes);
      for (let t = 0; t < taps; t += TAPS) {
        addPixels(s, min(TAPS, taps - t), dy, planes, table + t * 4, sums + (g * taps + t) * 16);
      }
      x += s.height * s.width * 4;
      dy += s.outY * s.outX * 4;
    }
  }
  for (let i = 0; i < s.groups * taps; i++) store<f32>(dweight + i * 4, laneSum(v128.load(sums + i * 16)));
}

/** Bytes of scratch for `depthwiseWeightGradient`. */
export function depthwiseWeightGradientScratch(s: Window): usize {
  return tableBytes(s) + ((planesBytes(s) + 31) & ~31) + s.groups * s.kernelY * s.kernelX * 16;
}

@inline
function tableBytes(s: Window): usize {
  return (s.kernelY * s.kernelX * 4 + 31) & ~31;
}

/** One channel of one image, four lines by eight pixels at a time; the last pixels of a line may be done twice. */
function channel(
  s: Window,
  weight: usize,
  step: i32,
  taps: i32,
  planes: usize,
  table: usize,
  start: f32,
  y: usize,
): void {
  const width = s.outX;
  const line: usize = planeWidth(s) * 4;
  const wide = width >= 8;
  const pixels = wide ? 8 : 4;
  const three = s.kernelX == 3 && s.strideX == 1 && s.dilationX == 1;
  for (let oy = 0; oy < s.outY; oy += 4) {
    const left = s.outY - oy;
    for (let ox = 0; ox < width; ox += pixels) {
      const at = max(0, min(ox, width - pixels)) * 4;
      const from = planes + at;
      const to = y + at;
      if (!wide) tile(4, 4, false, left, weight, step, taps, from, line, table, start, to, width);
      else if (left == 1) tile(1, 8, false, 1, weight, step, taps, from, line, table, start, to, width);
      else if (three && left == 2) tile(2, 8, true, 2, weight, step, taps, from, line, table, start, to, width);
      else if (three) tile(4, 8, true, left, weight, step, taps, from, line, table, start, to, width);
      else tile(4, 8, false, left, weight, step, taps, from, line, table, start, to, width);
    }
    planes += 4 * line;
    y += 4 * width * 4;
  }
}

/**
 * Lines past `left` repeat the last one; a line of fewer than four pixels is the whole line. With THREE, taps lie side by
 * side in threes.
 */
@inline
function tile(
  R: i32,
  W: i32,
  THREE: bool,
  left: i32,
  weight: usize,
  step: i32,
  taps: i32,
  from: usize,
  line: usize,
  table: usize,
  start: f32,
  to: usize,
  width: i32,
): void {
  const second: usize = <usize>min(1, left - 1);
  const third: usize = <usize>min(2, left - 1);
  const fourth: usize = <usize>min(3, left - 1);
  let c00 = f32x4.splat(start);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const from1 = from + second * line;
  const from2 = from + third * line;
  const from3 = from + fourth * line;
  for (; taps > 0; taps -= THREE ? 3 : 1) {
    const at: usize = load<u32>(table);
    const p0 = from + at;
    const p1 = from1 + at;
    const p2 = from2 + at;
    const p3 = from3 + at;
    let w = v128.load32_splat(weight);
    c00 = madd(w, v128.load(p0), c00);
    if (W == 8) c01 = madd(w, v128.load(p0, 16), c01);
    if (R > 1) {
      c10 = madd(w, v128.load(p1), c10);
      if (W == 8) c11 = madd(w, v128.load(p1, 16), c11);
    }
    if (R > 2) {
      c20 = madd(w, v128.load(p2), c20);
      if (W == 8) c21 = madd(w, v128.load(p2, 16), c21);
      c30 = madd(w, v128.load(p3), c30);
      if (W == 8) c31 = madd(w, v128.load(p3, 16), c31);
    }
    weight += step;
    table += 4;
    if (THREE) {
      w = v128.load32_splat(weight);
      c00 = madd(w, v128.load(p0, 4), c00);
      c01 = madd(w, v128.load(p0, 20), c01);
      c10 = madd(w, v128.load(p1, 4), c10);
      c11 = madd(w, v128.load(p1, 20), c11);
      if (R > 2) {
        c20 = madd(w, v128.load(p2, 4), c20);
        c21 = madd(w, v128.load(p2, 20), c21);
        c30 = madd(w, v128.load(p3, 4), c30);
        c31 = madd(w, v128.load(p3, 20), c31);
      }
      w = v128.load32_splat(weight + step);
      c00 = madd(w, v128.load(p0, 8), c00);
      c01 = madd(w, v128.load(p0, 24), c01);
      c10 = madd(w, v128.load(p1, 8), c10);
      c11 = madd(w, v128.load(p1, 24), c11);
      if (R > 2) {
        c20 = madd(w, v128.load(p2, 8), c20);
        c21 = madd(w, v128.load(p2, 24), c21);
        c30 = madd(w, v128.load(p3, 8), c30);
        c31 = madd(w, v128.load(p3, 24), c31);
      }
      weight += 2 * step;
      table += 8;
    }
  }
  const stride: usize = width * 4;
  writePixels(W, width, to, c00, c01);
  if (R > 1) writePixels(W, width, to + second * stride, c10, c11);
  if (R > 2) {
    writePixels(W, width, to + third * stride, c20, c21);
    writePixels(W, width, to + fourth * stride, c30, c31);
  }
}

@inline
function writePixels(W: i32, width: i32, to: usize, x: v128, y: v128): void {
  if (W == 8) {
    v128.store(to, x);
    v128.store(to, y, 16);
  } else {
    writeLanes(to, x, min(4, width));
  }
}

/** Adds dy times the pixels under at most nine taps to their sums of four lanes each. */
function addPixels(s: Window, count: i32, dy: usize, planes: usize, table: usize, sums: usize): void {
  const last = count - 1;
  const o1: usize = load<u32>(table + min(1, last) * 4) - load<u32>(table);
  const o2: usize = load<u32>(table + min(2, last) * 4) - load<u32>(table);
  const o3: usize = load<u32>(table + min(3, last) * 4) - load<u32>(table);
  const o4: usize = load<u32>(table + min(4, last) * 4) - load<u32>(table);
  const o5: usize = load<u32>(table + min(5, last) * 4) - load<u32>(table);
  const o6: usize = load<u32>(table + min(6, last) * 4) - load<u32>(table);
  const o7: usize = load<u32>(table + min(7, last) * 4) - load<u32>(table);
  const o8: usize = load<u32>(table + min(8, last) * 4) - load<u32>(table);
  let from = planes + load<u32>(table);
  let s0 = i32x4.splat(0);
  let s1 = s0;
  let s2 = s1;
  let s3 = s1;
  let s4 = s1;
  let s5 = s1;
  let s6 = s1;
  let s7 = s1;
  let s8 = s1;
  const whole = s.outX >> 2;
  const rest = s.outX & 3;
  const skip: usize = (planeWidth(s) - 4 * whole) * 4;
  const mask = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(rest));
  for (let oy = s.outY; oy > 0; oy--) {
    for (let i = whole; i > 0; i--) {
      const g = v128.load(dy);
      s0 = madd(g, v128.load(from), s0);
      s1 = madd(g, v128.load(from + o1), s1);
      s2 = madd(g, v128.load(from + o2), s2);
      s3 = madd(g, v128.load(from + o3), s3);
      s4 = madd(g, v128.load(from + o4), s4);
      s5 = madd(g, v128.load(from + o5), s5);
      s6 = madd(g, v128.load(from + o6), s6);
      s7 = madd(g, v128.load(from + o7), s7);
      s8 = madd(g, v128.load(from + o8), s8);
      dy += 16;
      from += 16;
    }
    if (rest > 0) {
      const g = loadPart(dy, rest);
      s0 = madd(g, v128.and(v128.load(from), mask), s0);
      s1 = madd(g, v128.and(v128.load(from + o1), mask), s1);
      s2 = madd(g, v128.and(v128.load(from + o2), mask), s2);
      s3 = madd(g, v128.and(v128.load(from + o3), mask), s3);
      s4 = madd(g, v128.and(v128.load(from + o4), mask), s4);
      s5 = madd(g, v128.and(v128.load(from + o5), mask), s5);
      s6 = madd(g, v128.and(v128.load(from + o6), mask), s6);
      s7 = madd(g, v128.and(v128.load(from + o7), mask), s7);
      s8 = madd(g, v128.and(v128.load(from + o8), mask), s8);
      dy += rest * 4;
    }
    from += skip;
  }
  addTo(sums, s0);
  if (count > 1) addTo(sums + 16, s1);
  if (count > 2) addTo(sums + 32, s2);
  if (count > 3) addTo(sums + 48, s3);
  if (count > 4) addTo(sums + 64, s4);
  if (count > 5) addTo(sums + 80, s5);
  if (count > 6) addTo(sums + 96, s6);
  if (count > 7) addTo(sums + 112, s7);
  if (count > 8) addTo(sums + 128, s8);
}

@inline
function addTo(at: usize, x: v128): void {
  v128.store(at, f32x4.add(v128.load(at), x));
}
