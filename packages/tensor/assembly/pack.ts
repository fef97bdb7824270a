/**
 * Panels of B for the tiles: 8 columns wide, k lines deep; a last panel of at most 4 columns is 4 wide. Missing columns
 * are zero.
 */

/** Packs columns `from` to `width` of a row-major block of `count` lines. */
export function packColumns(from: i32, width: i32, count: i32, source: usize, stride: usize, packed: usize): void {
  let j = from;
  for (; j + 8 <= width; j += 8) {
    let line = source + j * 4;
    for (let p = 0; p < count; p++) {
      v128.store(packed, v128.load(line));
      v128.store(packed, v128.load(line, 16), 16);
      packed += 32;
      line += stride;
    }
  }
  if (j == width) return;
  const rest = width - j;
  const wide = rest > 4;
  let line = source + j * 4;
  for (let p = 0; p < count; p++) {
    v128.store(packed, i32x4.splat(0));
    if (wide) v128.store(packed, i32x4.splat(0), 16);
    for (let i: usize = 0; i < <usize>rest * 4; i += 4) store<f32>(packed + i, load<f32>(line + i));
    packed += wide ? 32 : 16;
    line += stride;
  }
}

/** Packs the transpose of `width` lines of `count` floats. */
export function packTransposed(width: i32, count: i32, source: usize, stride: usize, packed: usize): void {
  let j = 0;
  for (; j + 8 <= width; j += 8) {
    const low = source + <usize>j * stride;
    fourLines(count, low, low + stride, low + 2 * stride, low + 3 * stride, packed, 32);
    const high = low + 4 * stride;
    fourLines(count, high, high + stride, high + 2 * stride, high + 3 * stride, packed + 16, 32);
    packed += count * 32;
  }
  let rest = width - j;
  if (rest == 0) return;
  const step: usize = rest > 4 ? 32 : 16;
  memory.fill(packed, 0, <usize>count * step);
  if (rest >= 4) {
    const low = source + <usize>j * stride;
    fourLines(count, low, low + stride, low + 2 * stride, low + 3 * stride, packed, step);
    rest -= 4;
    j += 4;
    packed += 16;
  }
  for (let i = 0; i < rest; i++) {
    const line = source + <usize>(j + i) * stride;
    let to = packed + i * 4;
    for (let p = 0; p < count; p++) {
      store<f32>(to, load<f32>(line + p * 4));
      to += step;
    }
  }
}

/**
 * Packs a block of A stored by rows, `stride` bytes apart, into the panels of at most 6 rows that `gemm` takes. Behind
 * the last panel 16 bytes may be overwritten.
 */
export function packRows(height: i32, count: i32, source: usize, stride: usize, packed: usize): void {
  let left = height;
  for (let panels = (height + 5) / 6; panels > 0; panels--) {
    const rows = (left + panels - 1) / panels;
    left -= rows;
    const last: usize = rows - 1;
    const a = source;
    const b = source + min<usize>(1, last) * stride;
    const c = source + min<usize>(2, last) * stride;
    const d = source + min<usize>(3, last) * stride;
    if (rows <= 4) fourLines(count, a, b, c, d, packed, rows * 4);
    else sixLines(count, a, b, c, d, source + 4 * stride, source + last * stride, packed, rows * 4);
    packed += rows * count * 4;
    source += <usize>rows * stride;
  }
}

/** The same for A stored by columns, `stride` bytes apart. */
export function packRowsTransposed(height: i32, count: i32, source: usize, stride: usize, packed: usize): void {
  let left = height;
  for (let panels = (height + 5) / 6; panels > 0; panels--) {
    const rows = (left + panels - 1) / panels;
    left -= rows;
    let from = source;
    if (rows == 6) {
      for (let p = 0; p < count; p++) {
        v128.store(packed, v128.load(from));
        store<u64>(packed, load<u64>(from, 16), 16);
        packed += 24;
        from += stride;
      }
    } else {
      for (let p = 0; p < count; p++) {
        for (let i: usize = 0; i < <usize>rows * 4; i += 4) store<f32>(packed + i, load<f32>(from + i));
        packed += rows * 4;
        from += stride;
      }
    }
    source += rows * 4;
  }
}

/** Six lines side by side, as `fourLines`. Where `step` is below 24 bytes, the next element overwrites the last line. */
@inline
function sixLines(
  count: i32,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  e: usize,
  f: usize,
  to: usize,
  step: usize,
): void {
  let p = 0;
  for (; p + 4 <= count; p += 4) {
    const x = v128.load(a);
    const y = v128.load(b);
    const z = v128.load(c);
    const w = v128.load(d);
    const u = v128.load(e);
    const v = v128.load(f);
    const xy = v128.shuffle<f32>(x, y, 0, 4, 1, 5);
    const zw = v128.shuffle<f32>(z, w, 0, 4, 1, 5);
    const uv = v128.shuffle<f32>(u, v, 0, 4, 1, 5);
    const xyHigh = v128.shuffle<f32>(x, y, 2, 6, 3, 7);
    const zwHigh = v128.shuffle<f32>(z, w, 2, 6, 3, 7);
    const uvHigh = v128.shuffle<f32>(u, v, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(xy, zw, 0, 2));
    v128.store_lane<f64>(to, uv, 0, 16);
    to += step;
    v128.store(to, v128.shuffle<f64>(xy, zw, 1, 3));
    v128.store_lane<f64>(to, uv, 1, 16);
    to += step;
    v128.store(to, v128.shuffle<f64>(xyHigh, zwHigh, 0, 2));
    v128.store_lane<f64>(to, uvHigh, 0, 16);
    to += step;
    v128.store(to, v128.shuffle<f64>(xyHigh, zwHigh, 1, 3));
    v128.store_lane<f64>(to, uvHigh, 1, 16);
    to += step;
    a += 16;
    b += 16;
    c += 16;
    d += 16;
    e += 16;
    f += 16;
  }
  for (; p < count; p++) {
    store<f32>(to, load<f32>(a));
    store<f32>(to, load<f32>(b), 4);
    store<f32>(to, load<f32>(c), 8);
    store<f32>(to, load<f32>(d), 12);
    store<f32>(to, load<f32>(e), 16);
    store<f32>(to, load<f32>(f), 20);
    to += step;
    a += 4;
    b += 4;
    c += 4;
    d += 4;
    e += 4;
    f += 4;
  }
}

/** Four lines side by side: `to[p * step + 4 i] = line_i[p]`. */
@inline
export function fourLines(count: i32, a: usize, b: usize, c: usize, d: usize, to: usize, step: usize): void {
  let p = 0;
  for (; p + 4 <= count; p += 4) {
    const x = v128.load(a);
    const y = v128.load(b);
    const z = v128.load(c);
    const w = v128.load(d);
    const xy = v128.shuffle<f32>(x, y, 0, 4, 1, 5);
    const zw = v128.shuffle<f32>(z, w, 0, 4, 1, 5);
    const xyHigh = v128.shuffle<f32>(x, y, 2, 6, 3, 7);
    const zwHigh = v128.shuffle<f32>(z, w, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(xy, zw, 0, 2));
    v128.store(to + step, v128.shuffle<f64>(xy, zw, 1, 3));
    v128.store(to + 2 * step, v128.shuffle<f64>(xyHigh, zwHigh, 0, 2));
    v128.store(to + 3 * step, v128.shuffle<f64>(xyHigh, zwHigh, 1, 3));
    to += 4 * step;
    a += 16;
    b += 16;
    c += 16;
    d += 16;
  }
  for (; p < count; p++) {
    store<f32>(to, load<f32>(a));
    store<f32>(to, load<f32>(b), 4);
    store<f32>(to, load<f32>(c), 8);
    store<f32>(to, load<f32>(d), 12);
    to += step;
    a += 4;
    b += 4;
    c += 4;
    d += 4;
  }
}
