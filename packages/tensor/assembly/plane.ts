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
  const first = max(0, -s.padX);
  const past = min(s.width, width * s.strideX - s.padX);
  for (let c = 0; c < s.channels; c++) {
    for (let y = 0; y < s.height; y++) {
      const row = y + s.padY;
      if (row < 0 || row >= height * s.strideY) continue;
      const plane = (c * s.strideY + (row % s.strideY)) * s.strideX;
      const line = image + y * s.width * 4;
      const to = planes + (plane * height + row / s.strideY) * width * 4;
      if (s.strideX == 1) {
        copyLine(line + first * 4, to + (first + s.padX) * 4, past - first);
        continue;
      }
      for (let x = first; x < past; x++) {
        const column = x + s.padX;
        const at = (column % s.strideX) * height * width + column / s.strideX;
        store<f32>(to + at * 4, load<f32>(line + x * 4));
      }
    }
    image += s.height * s.width * 4;
  }
}
