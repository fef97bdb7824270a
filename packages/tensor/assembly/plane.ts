/**
 * A padded copy of one image, one plane per channel and stride phase: padded pixel (y, x) lies in plane
 * (y % strideY, x % strideX) at (y / strideY, x / strideX). The value under tap (c, ky, kx) of output pixel (oy, ox) is
 * then at `(oy * planeWidth + ox) * 4 + offset(c, ky, kx)`.
 */
import { Window, copyLine } from "./window";

@inline
function planeHeight(s: Window): i32 {
  return s.outY + ((s.kernelY - 1) * s.dilationY) / s.strideY;
}

@inline
export function planeWidth(s: Window): i32 {
  return s.outX + ((s.kernelX - 1) * s.dilationX) / s.strideX;
}

/** Bytes of all planes, with room for a tile that reads past the last line. */
export function planesBytes(s: Window): usize {
  return s.channels * s.strideY * s.strideX * planeHeight(s) * planeWidth(s) * 4 + 64;
}

/** Byte offset of every tap (c, ky, kx). */
export function tapOffsets(s: Window, table: usize): void {
  const width = planeWidth(s);
  const area = planeHeight(s) * width;
  for (let c = 0; c < s.channels; c++) {
    for (let ky = 0; ky < s.kernelY; ky++) {
      const y = ky * s.dilationY;
      for (let kx = 0; kx < s.kernelX; kx++) {
        const x = kx * s.dilationX;
        const plane = (c * s.strideY + (y % s.strideY)) * s.strideX + (x % s.strideX);
        store<i32>(table, (plane * area + (y / s.strideY) * width + x / s.strideX) * 4);
        table += 4;
      }
    }
  }
}

/** Copies one image in; what it does not cover stays as it was (zero). Negative padding crops. */
export function fillPlanes(s: Window, image: usize, planes: usize): void {
  const width = planeWidth(s);
  const height = planeHeight(s);
  const top = max(0, -s.padY);
  const left = max(0, -s.padX);
  for (let py = 0; py < s.strideY; py++) {
    const y = top + steps(py, top + s.padY, s.strideY);
    const row = (y + s.padY) / s.strideY;
    const rows = min((s.height - y + s.strideY - 1) / s.strideY, height - row);
    for (let px = 0; px < s.strideX; px++) {
      const x = left + steps(px, left + s.padX, s.strideX);
      const column = (x + s.padX) / s.strideX;
      const columns = min((s.width - x + s.strideX - 1) / s.strideX, width - column);
      let from = image + (y * s.width + x) * 4;
      let to = planes + (((py * s.strideX + px) * height + row) * width + column) * 4;
      for (let c = 0; c < s.channels; c++) {
        fillPlane(rows, columns, from, s.strideY * s.width * 4, s.strideX, to, width * 4);
        from += s.height * s.width * 4;
        to += s.strideY * s.strideX * height * width * 4;
      }
    }
  }
}

/** Steps from `position` to the next one whose remainder by `stride` is `phase`. */
@inline
function steps(phase: i32, position: i32, stride: i32): i32 {
  return (phase + stride - (position % stride)) % stride;
}

@inline
function fillPlane(
  rows: i32,
  columns: i32,
  from: usize,
  fromStride: usize,
  stride: i32,
  to: usize,
  toStride: usize,
): void {
  for (; rows > 0; rows--) {
    if (stride == 1) copyLine(from, to, columns);
    else copyEvery(from, to, columns, stride);
    from += fromStride;
    to += toStride;
  }
}

/** `to[i] = from[i * stride]`. */
@inline
function copyEvery(from: usize, to: usize, count: i32, stride: i32): void {
  let i = 0;
  if (stride == 2) {
    for (; i + 4 <= count; i += 4) {
      v128.store(to + i * 4, v128.shuffle<f32>(v128.load(from + i * 8), v128.load(from + i * 8, 12), 0, 2, 5, 7));
    }
  }
  for (; i < count; i++) store<f32>(to + i * 4, load<f32>(from + i * stride * 4));
}
