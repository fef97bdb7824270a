/** Means over the planes of x [N, C, H, W]: batch * channels of them, each [height, width] to [outY, outX]. */
import { laneSum } from "./simd";
import { Window, firstInside, pastInside, spread, windowAt } from "./window";

/** Mean of each window; padding counts as zeros where `countPad` is 1; a `divisor` above 0 replaces the count. */
export function avgPool2d(window: usize, x: usize, y: usize, countPad: i32, divisor: i32): void {
  const s = windowAt(window);
  const first = firstInside(-s.padX, s.strideX);
  const past = pastInside(s.kernelX - 1 - s.padX, s.strideX, s.width, s.outX);
  const vectors = past - first >= 4;
  for (let plane = s.batch * s.channels; plane > 0; plane--) {
    for (let oy = 0; oy < s.outY; oy++) {
      let ox = 0;
      if (vectors) {
        for (; ox < first; ox++) store<f32>(y + ox * 4, mean(s, x, oy, ox, countPad, divisor));
        const count = f32x4.splat(<f32>counted(s, oy, first, countPad, divisor));
        while (ox < past) {
          ox = min(ox, past - 4);
          v128.store(y + ox * 4, f32x4.div(fourSums(s, x, oy, ox), count));
          ox += 4;
        }
      }
      for (; ox < s.outX; ox++) store<f32>(y + ox * 4, mean(s, x, oy, ox, countPad, divisor));
      y += s.outX * 4;
    }
    x += s.height * s.width * 4;
  }
}

/** dx of `avgPool2d`. */
export function avgPool2dGradient(window: usize, dy: usize, dx: usize, countPad: i32, divisor: i32): void {
  const s = windowAt(window);
  const plane = s.height * s.width * 4;
  const first = firstInside(-s.padX, s.strideX);
  const past = pastInside(s.kernelX - 1 - s.padX, s.strideX, s.width, s.outX);
  const pairs = s.strideX == 2 && s.kernelX == 2;
  const vectors = (pairs || s.strideX == 1) && past - first >= 4;
  memory.fill(dx, 0, s.batch * s.channels * plane);
  for (let n = s.batch * s.channels; n > 0; n--) {
    for (let oy = 0; oy < s.outY; oy++) {
      let ox = 0;
      if (vectors) {
        for (; ox < first; ox++) share(s, dy, oy, ox, dx, countPad, divisor);
        const count = f32x4.splat(<f32>counted(s, oy, first, countPad, divisor));
        const end = past - ((past - first) & 3);
        if (pairs) pairShares(s, dy, oy, ox, end, count, dx);
        else lineShares(s, dy, oy, ox, end, count, dx);
        ox = end;
      }
      for (; ox < s.outX; ox++) share(s, dy, oy, ox, dx, countPad, divisor);
      dy += s.outX * 4;
    }
    dx += plane;
  }
}

function counted(s: Window, oy: i32, ox: i32, countPad: i32, divisor: i32): i32 {
  if (divisor > 0) return divisor;
  const top = oy * s.strideY - s.padY;
  const left = ox * s.strideX - s.padX;
  if (countPad != 0) {
    return (min(top + s.kernelY, s.height + s.padY) - top) * (min(left + s.kernelX, s.width + s.padX) - left);
  }
  return (min(top + s.kernelY, s.height) - max(top, 0)) * (min(left + s.kernelX, s.width) - max(left, 0));
}

@inline
function mean(s: Window, x: usize, oy: i32, ox: i32, countPad: i32, divisor: i32): f32 {
  const top = max(oy * s.strideY - s.padY, 0);
  const bottom = min(oy * s.strideY - s.padY + s.kernelY, s.height);
  const left = max(ox * s.strideX - s.padX, 0);
  const right = min(ox * s.strideX - s.padX + s.kernelX, s.width);
  const width = right - left;
  let sum: f32 = 0;
  if (width == s.width && bottom > top) {
    sum = runSum(x + top * width * 4, (bottom - top) * width);
  } else if (width >= 8) {
    for (let i = top; i < bottom; i++) sum += runSum(x + (i * s.width + left) * 4, width);
  } else {
    for (let i = top; i < bottom; i++) {
      for (let j = left; j < right; j++) sum += load<f32>(x + (i * s.width + j) * 4);
    }
  }
  return sum / <f32>counted(s, oy, ox, countPad, divisor);
}

function runSum(x: usize, count: i32): f32 {
  let i = 0;
  let sum: f32 = 0;
  if (count >= 8) {
    let sums = v128.load(x);
    for (i = 4; i + 4 <= count; i += 4) sums = f32x4.add(sums, v128.load(x + i * 4));
    sum = laneSum(sums);
  }
  for (; i < count; i++) sum += load<f32>(x + i * 4);
  return sum;
}

/** Sums of four neighbouring windows that lie inside the image from left to right. */
@inline
function fourSums(s: Window, x: usize, oy: i32, ox: i32): v128 {
  const top = max(oy * s.strideY - s.padY, 0);
  const bottom = min(oy * s.strideY - s.padY + s.kernelY, s.height);
  const step: usize = s.strideX * 4;
  let line = x + (top * s.width + ox * s.strideX - s.padX) * 4;
  let sums = i32x4.splat(0);
  for (let i = top; i < bottom; i++) {
    for (let j = 0; j < s.kernelX; j++) sums = f32x4.add(sums, spread(line + j * 4, step));
    line += s.width * 4;
  }
  return sums;
}

/** Adds the share of one output to its window. */
function share(s: Window, dy: usize, oy: i32, ox: i32, dx: usize, countPad: i32, divisor: i32): void {
  const top = max(oy * s.strideY - s.padY, 0);
  const bottom = min(oy * s.strideY - s.padY + s.kernelY, s.height);
  const left = max(ox * s.strideX - s.padX, 0);
  const right = min(ox * s.strideX - s.padX + s.kernelX, s.width);
  const value = load<f32>(dy + ox * 4) / <f32>counted(s, oy, ox, countPad, divisor);
  for (let i = top; i < bottom; i++) {
    let at = dx + (i * s.width + left) * 4;
    let rest = right - left;
    for (; rest >= 4; rest -= 4) {
      addTo(at, f32x4.splat(value));
      at += 16;
    }
    for (; rest > 0; rest--) {
      store<f32>(at, load<f32>(at) + value);
      at += 4;
    }
  }
}

/** Adds the shares of outputs `from` to `end`, fours of them, to windows that are two wide and lie side by side. */
function pairShares(s: Window, dy: usize, oy: i32, from: i32, end: i32, count: v128, dx: usize): void {
  const top = max(oy * s.strideY - s.padY, 0);
  const bottom = min(oy * s.strideY - s.padY + s.kernelY, s.height);
  for (let i = top; i < bottom; i++) {
    let at = dx + (i * s.width + 2 * from - s.padX) * 4;
    for (let ox = from; ox < end; ox += 4) {
      const shares = f32x4.div(v128.load(dy + ox * 4), count);
      addTo(at, v128.shuffle<f32>(shares, shares, 0, 0, 1, 1));
      addTo(at + 16, v128.shuffle<f32>(shares, shares, 2, 2, 3, 3));
      at += 32;
    }
  }
}

/** The same for windows one pixel apart: a whole line at a time, or each addition would wait for the one before. */
function lineShares(s: Window, dy: usize, oy: i32, from: i32, end: i32, count: v128, dx: usize): void {
  const top = max(oy * s.strideY - s.padY, 0);
  const bottom = min(oy * s.strideY - s.padY + s.kernelY, s.height);
  for (let i = top; i < bottom; i++) {
    for (let j = 0; j < s.kernelX; j++) {
      let at = dx + (i * s.width + from - s.padX + j) * 4;
      for (let ox = from; ox < end; ox += 4) {
        addTo(at, f32x4.div(v128.load(dy + ox * 4), count));
        at += 16;
      }
    }
  }
}

@inline
function addTo(at: usize, x: v128): void {
  v128.store(at, f32x4.add(v128.load(at), x));
}
