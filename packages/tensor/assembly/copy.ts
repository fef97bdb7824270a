/** Copies of elements of four bytes (float32 or int32), and of one (bool or uint8). */
import { copyLine } from "./window";

/**
 * A strided view to contiguous: element (i0, …) at `x + 4 * (i0 * strides[0] + …)`. `shape` and `strides` are addresses
 * of `rank` int32 each; strides count elements and may be 0 or negative.
 */
export function copyStrided(x: usize, y: usize, rank: i32, shape: usize, strides: usize): void {
  if (rank == 0) {
    store<i32>(y, load<i32>(x));
    return;
  }
  const last: usize = (rank - 1) * 4;
  const inner = load<i32>(shape + last);
  const step = load<i32>(strides + last) * 4;
  if (rank == 1) {
    line(x, y, inner, step);
    return;
  }
  const rows = load<i32>(shape + last - 4);
  const rowStep = load<i32>(strides + last - 4) * 4;
  if (rank == 2) {
    plane(x, y, rows, inner, rowStep, step);
    return;
  }
  const count = load<i32>(shape);
  const skip = load<i32>(strides) * 4;
  let size = 4;
  for (let axis = 1; axis < rank; axis++) size *= load<i32>(shape + axis * 4);
  for (let i = 0; i < count; i++) {
    if (rank == 3) plane(x, y, rows, inner, rowStep, step);
    else copyStrided(x, y, rank - 1, shape + 4, strides + 4);
    x += skip;
    y += size;
  }
}

/** The same for elements of one byte. */
export function copyStridedBytes(x: usize, y: usize, rank: i32, shape: usize, strides: usize): void {
  if (rank == 0) {
    store<u8>(y, load<u8>(x));
    return;
  }
  const count = load<i32>(shape);
  const step = load<i32>(strides);
  if (rank == 1) {
    if (step == 0) memory.fill(y, load<u8>(x), count);
    else if (step == 1) memory.copy(y, x, count);
    else for (let i = 0; i < count; i++) store<u8>(y + i, load<u8>(x + i * step));
    return;
  }
  let size = 1;
  for (let axis = 1; axis < rank; axis++) size *= load<i32>(shape + axis * 4);
  for (let i = 0; i < count; i++) copyStridedBytes(x + i * step, y + i * size, rank - 1, shape + 4, strides + 4);
}

/** `count` elements of four bytes, all `value`. */
export function fill(y: usize, count: i32, value: f32): void {
  const v = f32x4.splat(value);
  let i = 0;
  for (; i + 4 <= count; i += 4) v128.store(y + i * 4, v);
  for (; i < count; i++) store<f32>(y + i * 4, value);
}

function line(x: usize, y: usize, count: i32, step: i32): void {
  if (step == 4) {
    if (count >= 64) memory.copy(y, x, count * 4);
    else copyLine(x, y, count);
    return;
  }
  if (step == 0) {
    fill(y, count, load<f32>(x));
    return;
  }
  for (; count > 0; count--) {
    store<i32>(y, load<i32>(x));
    x += step;
    y += 4;
  }
}

function plane(x: usize, y: usize, rows: i32, inner: i32, rowStep: i32, step: i32): void {
  if (rowStep == 4 && step != 4) {
    transpose(x, y, rows, inner, step);
    return;
  }
  for (; rows > 0; rows--) {
    line(x, y, inner, step);
    x += rowStep;
    y += inner * 4;
  }
}

/** Lines of the source that a block of the transpose takes, so that its cache lines are used up before they leave. */
const BLOCK: i32 = 64;

/** `y[i, j] = x[j, i]`, lines of x `step` bytes apart. */
function transpose(x: usize, y: usize, rows: i32, inner: i32, step: i32): void {
  const out: usize = inner * 4;
  for (let from = 0; from < inner; from += BLOCK) {
    const past = min(from + BLOCK, inner);
    let i = 0;
    for (; i + 4 <= rows; i += 4) {
      const target = y + i * inner * 4;
      let j = from;
      for (; j + 4 <= past; j += 4) {
        const source = x + j * step + i * 4;
        const a = v128.load(source);
        const b = v128.load(source + step);
        const c = v128.load(source + 2 * step);
        const d = v128.load(source + 3 * step);
        const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
        const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
        const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
        const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
        const to = target + j * 4;
        v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
        v128.store(to + out, v128.shuffle<f64>(ab, cd, 1, 3));
        v128.store(to + 2 * out, v128.shuffle<f64>(abHigh, cdHigh, 0, 2));
        v128.store(to + 3 * out, v128.shuffle<f64>(abHigh, cdHigh, 1, 3));
      }
      for (; j < past; j++) {
        const source = x + j * step + i * 4;
        for (let r: usize = 0; r < 4; r++) store<i32>(target + r * out + j * 4, load<i32>(source + r * 4));
      }
    }
    for (; i < rows; i++) {
      for (let j = from; j < past; j++) store<i32>(y + (i * inner + j) * 4, load<i32>(x + j * step + i * 4));
    }
  }
}
