/**
 * Convolution without columns: a table of tap offsets into a padded copy of one image feeds the tiles of `gemm`. Every
 * output is one ascending chain, over (c, ky, kx) forward, over (image, pixel) for the weight.
 */
import { copyTile } from "./gemm";
import { fourLines } from "./pack";
import { fillPlanes, planeWidth, planesBytes, tapOffsets } from "./plane";
import { tileGather, tileRows } from "./tile";
import { hasDoubleTiles } from "./tile-choice";
import { doubleTileGather } from "./tile-double";
import { Window } from "./window";

/** Scratch: a tile, the start tile, the table, packed weights or transposed gradients, planes. */
const TILE: usize = 0;
const START: usize = TILE + 192;
const TABLE: usize = START + 384;

/** Output pixels that the weight gradient takes at a time, so that a panel of dy stays in the first cache. */
const WEIGHT_BLOCK: i32 = 512;

/** y of one group; `turn` takes the weight as the input gradient needs it. Strides are between images in bytes. */
export function direct(
  s: Window,
  weight: usize,
  turn: bool,
  x: usize,
  xStride: usize,
  bias: usize,
  y: usize,
  yStride: usize,
  scratch: usize,
): void {
  const taps = s.channels * s.kernelY * s.kernelX;
  const packed = packedAt(s, scratch);
  const planes = packed + align(s.outputs * taps * 4);
  const table = scratch + TABLE;
  packWeight(weight, s.outputs, taps, s.channels, s.kernelY * s.kernelX, turn, packed);
  memory.fill(planes, 0, planesBytes(s));
  tapOffsets(s, table);
  for (let n = 0; n < s.batch; n++) {
    fillPlanes(s, x, planes);
    let left = s.outputs;
    let lines = packed;
    let target = y;
    let shift = bias;
    for (let panels = (s.outputs + 5) / 6; panels > 0; panels--) {
      const rows = (left + panels - 1) / panels;
      left -= rows;
      for (let i = 0; i < rows; i++) {
        const start = shift == 0 ? i32x4.splat(0) : v128.load32_splat(shift + i * 4);
        for (let at: usize = 0; at < 64; at += 16) v128.store(scratch + START + i * 64 + at, start);
      }
      panel(s, rows, taps, lines, planes, table, target, scratch);
      lines += rows * taps * 4;
      target += rows * s.outY * s.outX * 4;
      if (shift != 0) shift += rows * 4;
    }
    x += xStride;
    y += yStride;
  }
}

/** Bytes of scratch for `direct`. */
export function directScratch(s: Window): usize {
  const taps = s.channels * s.kernelY * s.kernelX;
  return packedAt(s, 0) + align(s.outputs * taps * 4) + align(planesBytes(s));
}

/** dweight of one group. */
export function directWeightGradient(
  s: Window,
  x: usize,
  xStride: usize,
  dy: usize,
  dyStride: usize,
  dweight: usize,
  scratch: usize,
): void {
  const taps = s.channels * s.kernelY * s.kernelX;
  const pixels = s.outY * s.outX;
  const lanes = (s.outputs + 7) & ~7;
  const sums = packedAt(s, scratch);
  const gradients = sums + align(taps * lanes * 4);
  const planes = gradients + align(pixels * lanes * 4);
  const lines = max(1, WEIGHT_BLOCK / s.outX);
  memory.fill(sums, 0, planes + planesBytes(s) - sums);
  tapOffsets(s, scratch + TABLE);
  for (let n = 0; n < s.batch; n++) {
    fillPlanes(s, x, planes);
    turnLines(s.outputs, pixels, dy, gradients, lanes * 4);
    for (let oy = 0; oy < s.outY; oy += lines) {
      const block = <usize>(oy * s.outX * lanes * 4);
      addLines(s, min(lines, s.outY - oy), lanes, planes + oy * planeWidth(s) * 4, gradients + block, sums, scratch);
    }
    x += xStride;
    dy += dyStride;
  }
  turnLines(taps, s.outputs, sums, dweight, taps * 4, lanes * 4);
}

/** Bytes of scratch for `directWeightGradient`. */
export function directWeightGradientScratch(s: Window): usize {
  const lanes = (s.outputs + 7) & ~7;
  const taps = s.channels * s.kernelY * s.kernelX;
  return packedAt(s, 0) + align(taps * lanes * 4) + align(s.outY * s.outX * lanes * 4) + align(planesBytes(s));
}

@inline
function align(bytes: usize): usize {
  return (bytes + 31) & ~31;
}

/** Where the table of taps ends. */
@inline
function packedAt(s: Window, scratch: usize): usize {
  return scratch + align(TABLE + s.channels * s.kernelY * s.kernelX * 4 + 64);
}

/**
 * Panels of at most 6 output channels, one line of them per tap. Turned: output channel o of tap (c, t) is weight
 * element (c, o, area - 1 - t).
 */
function packWeight(weight: usize, outputs: i32, taps: i32, inputs: i32, area: i32, turn: bool, packed: usize): void {
  const line = turn ? outputs * area : taps;
  let left = outputs;
  for (let panels = (outputs + 5) / 6; panels > 0; panels--) {
    const rows = (left + panels - 1) / panels;
    const top = outputs - left;
    left -= rows;
    for (let c = 0; c < inputs; c++) {
      for (let t = 0; t < area; t++) {
        for (let i = 0; i < rows; i++) {
          const at = turn ? c * line + (top + i) * area + area - 1 - t : (top + i) * line + c * area + t;
          store<f32>(packed, load<f32>(weight + at * 4));
          packed += 4;
        }
      }
    }
  }
}

/** Adds `lines` lines of output pixels to the sums [taps, lanes]. */
function addLines(
  s: Window,
  lines: i32,
  lanes: i32,
  planes: usize,
  gradients: usize,
  sums: usize,
  scratch: usize,
): void {
  const taps = s.channels * s.kernelY * s.kernelX;
  const skip: usize = (planeWidth(s) - s.outX) * 4;
  const stride: usize = lanes * 4;
  let left = taps;
  let table = scratch + TABLE;
  for (let panels = (taps + 5) / 6; panels > 0; panels--) {
    const rows = (left + panels - 1) / panels;
    left -= rows;
    for (let j: usize = 0; j < stride; j += 32) {
      const to = sums + j;
      tileRows(
        rows,
        true,
        planes + load<u32>(table),
        planes + load<u32>(table, 4),
        planes + load<u32>(table, 8),
        planes + load<u32>(table, 12),
        planes + load<u32>(table, 16),
        planes + load<u32>(table, 20),
        skip,
        gradients + j,
        stride,
        to,
        stride,
        to,
        stride,
        s.outX,
        lines,
      );
    }
    table += rows * 4;
    sums += <usize>rows * stride;
  }
}

/** All pixels of at most 6 output channels. */
function panel(
  s: Window,
  rows: i32,
  taps: i32,
  weight: usize,
  planes: usize,
  table: usize,
  y: usize,
  scratch: usize,
): void {
  const stride: usize = s.outY * s.outX * 4;
  const line: usize = planeWidth(s) * 4;
  const start = scratch + START;
  const double = hasDoubleTiles();
  let width = 0;
  for (let oy = 0; oy < s.outY; oy++) {
    for (let ox = 0; ox < s.outX; ox += width) {
      width = double && s.outX - ox >= 16 ? 16 : min(8, s.outX - ox);
      const from = planes + ox * 4;
      const to = y + ox * 4;
      if (width == 16) {
        doubleTileGather(rows, weight, rows * 4, from, table, start, 64, to, stride, taps);
      } else if (width == 8 || width == 4) {
        tileGather(rows, width == 8, weight, rows * 4, from, table, start, 64, to, stride, taps);
      } else {
        tileGather(rows, width > 4, weight, rows * 4, from, table, start, 64, scratch + TILE, 32, taps);
        copyTile(rows, width, scratch + TILE, 32, to, stride);
      }
    }
    planes += line;
    y += s.outX * 4;
  }
}

/** `to[p, i] = from[i, p]` for `count` lines of `length` floats. */
function turnLines(
  count: i32,
  length: i32,
  from: usize,
  to: usize,
  toStride: usize,
  fromStride: usize = <usize>length * 4,
): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    fourLines(length, from, from + fromStride, from + 2 * fromStride, from + 3 * fromStride, to, toStride);
    from += 4 * fromStride;
    to += 16;
  }
  for (; i < count; i++) {
    for (let p: usize = 0; p < <usize>length; p++) store<f32>(to + p * toStride, load<f32>(from + p * 4));
    from += fromStride;
    to += 4;
  }
}
