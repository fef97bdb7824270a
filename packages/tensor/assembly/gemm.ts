import { gemv } from "./gemv";
import { packColumns, packRows, packRowsTransposed, packTransposed } from "./pack";
import { madd } from "./simd";
import { tileColumns, tileRows } from "./tile";
import { hasDoubleTiles } from "./tile-choice";
import { doubleTileColumns } from "./tile-double";

/** Rows of k, columns of B and rows of A in one packed block: 384 KiB of B, 72 KiB of A. */
const BLOCK_K: i32 = 384;
const BLOCK_N: i32 = 256;
const BLOCK_M: i32 = 48;
/** So many times an operand must be read for packing it to pay. */
const FEWEST_READS: i32 = 24;
/** Bytes of a transposed A that is read in place. */
const FITS_FIRST_CACHE: i32 = 32 * 1024;

const ZEROS: usize = 0;
const TILE: usize = 64;
const PACKED_A: usize = 256;
/** Behind the last panel of A a vector may be written. */
const PACKED_B: usize = PACKED_A + BLOCK_M * BLOCK_K * 4 + 32;

const TRANSPOSE_A: i32 = 1;
const TRANSPOSE_B: i32 = 2;
const ACCUMULATE: i32 = 4;

/** Bytes that `gemm` needs at `scratch`, for any sizes. */
export function gemmScratch(): usize {
  return PACKED_B + BLOCK_N * BLOCK_K * 4;
}

/**
 * `C[m, n] = start + op(A) op(B)`, every output one ascending chain over k.
 *
 * flags: 1 = A is stored [k, m], 2 = B is stored [n, k], 4 = start is C itself. Otherwise start is the row `bias[n]`,
 * or zero where bias is 0.
 */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  flags: i32,
  bias: usize,
  scratch: usize,
): void {
  if (m == 0 || n == 0) return;
  const transA = (flags & TRANSPOSE_A) != 0;
  const transB = (flags & TRANSPOSE_B) != 0;
  const accumulate = (flags & ACCUMULATE) != 0;
  if (m == 1) {
    gemv(n, k, a, b, transB, c, accumulate, bias);
    return;
  }
  if (n == 1 && (accumulate || bias == 0)) {
    gemv(m, k, b, a, !transA, c, accumulate, 0);
    return;
  }
  if (k == 1 && !accumulate && bias == 0) {
    outerProduct(m, n, a, b, c);
    return;
  }
  gemmRows(m, n, k, a, b, c, flags, bias, scratch, 0, m);
}

/** Rows `from` to `to` of `gemm`, the same bits in any split. */
export function gemmRows(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  flags: i32,
  bias: usize,
  scratch: usize,
  from: i32,
  to: i32,
): void {
  const transA = (flags & TRANSPOSE_A) != 0;
  const transB = (flags & TRANSPOSE_B) != 0;
  const accumulate = (flags & ACCUMULATE) != 0;
  memory.fill(scratch + ZEROS, 0, 64);
  const packB = transB || to - from >= FEWEST_READS;
  const packA = n >= FEWEST_READS && (!transA || m * k * 4 > FITS_FIRST_CACHE);
  const double = (packA || transA) && hasDoubleTiles();
  const blocks = max(1, (k + BLOCK_K - 1) / BLOCK_K);
  const blockK = max(1, (k + blocks - 1) / blocks);
  const blockN = packB ? BLOCK_N : n;
  for (let column = 0; column < n; column += blockN) {
    const width = min(blockN, n - column);
    for (let depth = 0; depth < k || depth == 0; depth += blockK) {
      block(
        from,
        to,
        m,
        n,
        k,
        column,
        width,
        depth,
        min(blockK, k - depth),
        a,
        b,
        c,
        transA,
        transB,
        packA,
        packB,
        double,
        accumulate || depth > 0,
        bias,
        scratch,
      );
    }
  }
}

/** One block of columns and k, for rows `first` to `end`. */
function block(
  first: i32,
  end: i32,
  m: i32,
  n: i32,
  k: i32,
  column: i32,
  width: i32,
  depth: i32,
  count: i32,
  a: usize,
  b: usize,
  c: usize,
  transA: bool,
  transB: bool,
  packA: bool,
  packB: bool,
  double: bool,
  accumulate: bool,
  bias: usize,
  scratch: usize,
): void {
  const packed = scratch + PACKED_B;
  const whole = width & ~7;
  const source = transB ? b + (column * k + depth) * 4 : b + (depth * n + column) * 4;
  if (transB) packTransposed(width, count, source, k * 4, packed);
  else if (packB) packColumns(0, width, count, source, n * 4, packed);
  const cStride: usize = n * 4;
  const blockM = packA ? BLOCK_M : end - first;
  for (let top = first; top < end; top += blockM) {
    const height = min(blockM, end - top);
    if (packA) {
      if (transA) packRowsTransposed(height, count, a + (depth * m + top) * 4, m * 4, scratch + PACKED_A);
      else packRows(height, count, a + (top * k + depth) * 4, k * 4, scratch + PACKED_A);
    }
    let w = 0;
    for (let j = 0; j < width; j += w) {
      w = double && width - j >= 16 ? 16 : min(8, width - j);
      const wide = w > 4;
      let panel = packed + j * count * 4;
      let bStep: usize = wide ? 32 : 16;
      let second: usize = count * 32;
      if (!packB) {
        if (j < whole) {
          panel = source + j * 4;
          bStep = n * 4;
          second = 32;
        } else {
          panel = packed;
          if (top == first) packColumns(j, width, count, source, n * 4, packed);
        }
      }
      const full = w >= 8 || w == 4;
      let left = height;
      for (let panels = (height + 5) / 6; panels > 0; panels--) {
        const rows = (left + panels - 1) / panels;
        const i = height - left;
        left -= rows;
        const target = c + ((top + i) * n + column + j) * 4;
        let out = target;
        let outStride: usize = cStride;
        let start = accumulate ? target : bias != 0 ? bias + (column + j) * 4 : scratch + ZEROS;
        let startStride: usize = accumulate ? cStride : 0;
        if (!full) {
          out = scratch + TILE;
          outStride = 32;
          copyTile(rows, w, start, startStride, out, 32);
          start = out;
          startStride = 32;
        }
        if (transA || packA) {
          const from = packA ? scratch + PACKED_A + i * count * 4 : a + (depth * m + top + i) * 4;
          const aStep: usize = packA ? rows * 4 : m * 4;
          if (w == 16) {
            doubleTileColumns(rows, from, aStep, panel, bStep, second, start, startStride, out, outStride, count);
          } else {
            tileColumns(rows, wide, from, aStep, panel, bStep, start, startStride, out, outStride, count);
          }
        } else {
          const line = k * 4;
          const from = a + ((top + i) * k + depth) * 4;
          tileRows(
            rows,
            wide,
            from,
            from + line,
            from + 2 * line,
            from + 3 * line,
            from + 4 * line,
            from + 5 * line,
            0,
            panel,
            bStep,
            start,
            startStride,
            out,
            outStride,
            count,
            1,
          );
        }
        if (!full) copyTile(rows, w, out, 32, target, cStride);
      }
    }
  }
}

/** Copies `rows` lines of `width` floats. */
export function copyTile(rows: i32, width: i32, from: usize, fromStride: usize, to: usize, toStride: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < <usize>width * 4; j += 4) store<f32>(to + j, load<f32>(from + j));
    from += fromStride;
    to += toStride;
  }
}

/** `c[i, j] = a[i] b[j]`, as the chain that starts at zero rounds it. */
function outerProduct(m: i32, n: i32, a: usize, b: usize, c: usize): void {
  const zero = i32x4.splat(0);
  for (; m > 0; m--) {
    const factor = v128.load32_splat(a);
    let j = 0;
    for (; j + 4 <= n; j += 4) v128.store(c + j * 4, madd(factor, v128.load(b + j * 4), zero));
    for (; j < n; j++) v128.store_lane<f32>(c + j * 4, madd(factor, v128.load32_splat(b + j * 4), zero), 0);
    a += 4;
    c += n * 4;
  }
}
