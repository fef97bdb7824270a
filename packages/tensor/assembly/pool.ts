/** Pools over the planes of x [N, C, H, W]: batch * channels of them, each [height, width] to [outY, outX]. */
import { Window, firstInside, pastInside, spread, windowAt } from "./window";

/**
 * Largest value of each window and its flat int32 index in the plane. Padding is -inf, the first of equals wins, NaN
 * wins over everything (the last one, as in PyTorch).
 */
export function maxPool2d(window: usize, x: usize, y: usize, indices: usize): void {
  const s = windowAt(window);
  const first = firstInside(-s.padX, s.strideX);
  const past = pastInside((s.kernelX - 1) * s.dilationX - s.padX, s.strideX, s.width, s.outX);
  const vectors = past - first >= 4;
  const squares =
    s.kernelY == 2 &&
    s.kernelX == 2 &&
    s.strideY == 2 &&
    s.strideX == 2 &&
    s.padY == 0 &&
    s.padX == 0 &&
    s.dilationY == 1 &&
    s.dilationX == 1 &&
    s.outY * 2 <= s.height;
  for (let plane = s.batch * s.channels; plane > 0; plane--) {
    for (let oy = 0; oy < s.outY; oy++) {
      let ox = 0;
      if (vectors) {
        for (; ox < first; ox++) largest(s, x, oy, ox, y, indices);
        while (ox < past) {
          ox = min(ox, past - 4);
          if (squares) fourSquares(x, 2 * (oy * s.width + ox), s.width, y + ox * 4, indices + ox * 4);
          else fourLargest(s, x, oy, ox, y, indices);
          ox += 4;
        }
      }
      for (; ox < s.outX; ox++) largest(s, x, oy, ox, y, indices);
      y += s.outX * 4;
      indices += s.outX * 4;
    }
    x += s.height * s.width * 4;
  }
}

/** dx = dy summed at the indices that `maxPool2d` gave. */
export function maxPool2dGradient(window: usize, dy: usize, indices: usize, dx: usize): void {
  const s = windowAt(window);
  const plane = s.height * s.width * 4;
  const pixels = s.outY * s.outX;
  memory.fill(dx, 0, s.batch * s.channels * plane);
  for (let n = s.batch * s.channels; n > 0; n--) {
    for (let p = pixels; p > 0; p--) {
      const at = dx + load<i32>(indices) * 4;
      store<f32>(at, load<f32>(at) + load<f32>(dy));
      dy += 4;
      indices += 4;
    }
    dx += plane;
  }
}

/** One window of any kind. */
function largest(s: Window, x: usize, oy: i32, ox: i32, y: usize, indices: usize): void {
  let top = oy * s.strideY - s.padY;
  let left = ox * s.strideX - s.padX;
  const bottom = min(top + (s.kernelY - 1) * s.dilationY + 1, s.height);
  const right = min(left + (s.kernelX - 1) * s.dilationX + 1, s.width);
  while (top < 0) top += s.dilationY;
  while (left < 0) left += s.dilationX;
  let best: f32 = -Infinity;
  let index = top * s.width + left;
  for (let i = top; i < bottom; i += s.dilationY) {
    for (let j = left; j < right; j += s.dilationX) {
      const at = i * s.width + j;
      const value = load<f32>(x + at * 4);
      const wins = i32(value > best) | i32(value != value);
      best = select<f32>(value, best, wins);
      index = select<i32>(at, index, wins);
    }
  }
  store<f32>(y + ox * 4, best);
  store<i32>(indices + ox * 4, index);
}

/** Four neighbouring windows that lie inside the image from left to right. */
@inline
function fourLargest(s: Window, x: usize, oy: i32, ox: i32, y: usize, indices: usize): void {
  const width = s.width;
  const dilation = s.dilationX;
  const step: usize = s.strideX * 4;
  const left = ox * s.strideX - s.padX;
  const right = left + s.kernelX * dilation;
  let top = oy * s.strideY - s.padY;
  const bottom = min(top + (s.kernelY - 1) * s.dilationY + 1, s.height);
  while (top < 0) top += s.dilationY;
  const lanes = i32x4.mul(i32x4.splat(s.strideX), i32x4(0, 1, 2, 3));
  let best = f32x4.splat(-Infinity);
  let index = i32x4.add(i32x4.splat(top * width + left), lanes);
  for (let i = top; i < bottom; i += s.dilationY) {
    for (let j = left; j < right; j += dilation) {
      const at = i * width + j;
      const value = spread(x + at * 4, step);
      const wins = v128.or(f32x4.gt(value, best), f32x4.ne(value, value));
      best = v128.bitselect(value, best, wins);
      index = v128.bitselect(i32x4.add(i32x4.splat(at), lanes), index, wins);
    }
  }
  v128.store(y + ox * 4, best);
  v128.store(indices + ox * 4, index);
}

/** Four neighbouring 2 by 2 windows with stride 2, the most frequent kind; their first pixel is `at`. */
@inline
function fourSquares(x: usize, at: i32, width: i32, y: usize, indices: usize): void {
  const line = x + at * 4;
  const next = line + width * 4;
  const a = v128.load(line);
  const b = v128.load(line, 16);
  const c = v128.load(next);
  const d = v128.load(next, 16);
  const corner = i32x4.add(i32x4.splat(at), i32x4(0, 2, 4, 6));
  const below = i32x4.add(corner, i32x4.splat(width));
  const one = i32x4.splat(1);
  let best = v128.shuffle<f32>(a, b, 0, 2, 4, 6);
  let value = v128.shuffle<f32>(a, b, 1, 3, 5, 7);
  let wins = v128.or(f32x4.gt(value, best), f32x4.ne(value, value));
  best = v128.bitselect(value, best, wins);
  let index = v128.bitselect(i32x4.add(corner, one), corner, wins);
  value = v128.shuffle<f32>(c, d, 0, 2, 4, 6);
  wins = v128.or(f32x4.gt(value, best), f32x4.ne(value, value));
  best = v128.bitselect(value, best, wins);
  index = v128.bitselect(below, index, wins);
  value = v128.shuffle<f32>(c, d, 1, 3, 5, 7);
  wins = v128.or(f32x4.gt(value, best), f32x4.ne(value, value));
  v128.store(y, v128.bitselect(value, best, wins));
  v128.store(indices, v128.bitselect(i32x4.add(below, one), index, wins));
}

/** `y[p, i] = x[p, indices[p, i]]` for `planes` planes of `area` elements, `count` of them picked from each. */
export function pickFromPlanes(x: usize, indices: usize, y: usize, planes: i32, area: i32, count: i32): void {
  for (let p = planes; p > 0; p--) {
    for (let i = count; i > 0; i--) {
      store<f32>(y, load<f32>(x + load<i32>(indices) * 4));
      indices += 4;
      y += 4;
    }
    x += area * 4;
  }
}
