import { madd } from "./simd";

/** `y[n] = start + x[k] op(B)`: one ascending chain over k for every output, as in `gemm`. */
export function gemv(
  n: i32,
  k: i32,
  x: usize,
  b: usize,
  transposed: bool,
  y: usize,
  accumulate: bool,
  bias: usize,
): void {
  if (!accumulate) {
    if (bias != 0) memory.copy(y, bias, n * 4);
    else memory.fill(y, 0, n * 4);
  }
  if (transposed) lines(n, k, x, b, y);
  else columns(n, k, x, b, y);
}

/** B stored [k, n]: eight lines of B at a time are added to y. */
function columns(n: i32, k: i32, x: usize, b: usize, y: usize): void {
  const line: usize = n * 4;
  let p = 0;
  for (; p + 8 <= k; p += 8) {
    const x0 = v128.load32_splat(x);
    const x1 = v128.load32_splat(x, 4);
    const x2 = v128.load32_splat(x, 8);
    const x3 = v128.load32_splat(x, 12);
    const x4 = v128.load32_splat(x, 16);
    const x5 = v128.load32_splat(x, 20);
    const x6 = v128.load32_splat(x, 24);
    const x7 = v128.load32_splat(x, 28);
    const b4 = b + 4 * line;
    let j: usize = 0;
    for (; j + 16 <= line; j += 16) {
      let sum = madd(x0, v128.load(b + j), v128.load(y + j));
      sum = madd(x1, v128.load(b + line + j), sum);
      sum = madd(x2, v128.load(b + 2 * line + j), sum);
      sum = madd(x3, v128.load(b + 3 * line + j), sum);
      sum = madd(x4, v128.load(b4 + j), sum);
      sum = madd(x5, v128.load(b4 + line + j), sum);
      sum = madd(x6, v128.load(b4 + 2 * line + j), sum);
      sum = madd(x7, v128.load(b4 + 3 * line + j), sum);
      v128.store(y + j, sum);
    }
    for (; j < line; j += 4) {
      let sum = madd(x0, v128.load32_zero(b + j), v128.load32_zero(y + j));
      sum = madd(x1, v128.load32_zero(b + line + j), sum);
      sum = madd(x2, v128.load32_zero(b + 2 * line + j), sum);
      sum = madd(x3, v128.load32_zero(b + 3 * line + j), sum);
      sum = madd(x4, v128.load32_zero(b4 + j), sum);
      sum = madd(x5, v128.load32_zero(b4 + line + j), sum);
      sum = madd(x6, v128.load32_zero(b4 + 2 * line + j), sum);
      sum = madd(x7, v128.load32_zero(b4 + 3 * line + j), sum);
      v128.store_lane<f32>(y + j, sum, 0);
    }
    x += 32;
    b += 8 * line;
  }
  for (; p < k; p++) {
    const x0 = v128.load32_splat(x);
    let j: usize = 0;
    for (; j + 16 <= line; j += 16) v128.store(y + j, madd(x0, v128.load(b + j), v128.load(y + j)));
    for (; j < line; j += 4) {
      v128.store_lane<f32>(y + j, madd(x0, v128.load32_zero(b + j), v128.load32_zero(y + j)), 0);
    }
    x += 4;
    b += line;
  }
}

/** B stored [n, k]: eight lines at a time, turned 4 by 4 in registers so that a lane is an output. */
function lines(n: i32, k: i32, x: usize, b: usize, y: usize): void {
  const line: usize = k * 4;
  let j = 0;
  for (; j + 8 <= n; j += 8) {
    let low = v128.load(y);
    let high = v128.load(y, 16);
    const b4 = b + 4 * line;
    let p: usize = 0;
    for (; p + 16 <= line; p += 16) {
      low = turn(x + p, b + p, line, low);
      high = turn(x + p, b4 + p, line, high);
    }
    for (; p < line; p += 4) {
      const s = v128.load32_splat(x + p);
      low = madd(s, gather(b + p, line), low);
      high = madd(s, gather(b4 + p, line), high);
    }
    v128.store(y, low);
    v128.store(y, high, 16);
    y += 32;
    b += 8 * line;
  }
  for (; j < n; j++) {
    let sum = v128.load32_zero(y);
    for (let p: usize = 0; p < line; p += 4) sum = madd(v128.load32_zero(x + p), v128.load32_zero(b + p), sum);
    v128.store_lane<f32>(y, sum, 0);
    y += 4;
    b += line;
  }
}

@inline
function turn(x: usize, b: usize, line: usize, sum: v128): v128 {
  const r0 = v128.load(b);
  const r1 = v128.load(b + line);
  const r2 = v128.load(b + 2 * line);
  const r3 = v128.load(b + 3 * line);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  sum = madd(v128.load32_splat(x), v128.shuffle<f64>(low01, low23, 0, 2), sum);
  sum = madd(v128.load32_splat(x, 4), v128.shuffle<f64>(low01, low23, 1, 3), sum);
  sum = madd(v128.load32_splat(x, 8), v128.shuffle<f64>(high01, high23, 0, 2), sum);
  return madd(v128.load32_splat(x, 12), v128.shuffle<f64>(high01, high23, 1, 3), sum);
}

@inline
function gather(b: usize, line: usize): v128 {
  let v = v128.load32_zero(b);
  v = v128.load_lane<f32>(b + line, v, 1);
  v = v128.load_lane<f32>(b + 2 * line, v, 2);
  return v128.load_lane<f32>(b + 3 * line, v, 3);
}
