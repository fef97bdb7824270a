/** How `winograd` cuts a window into tiles of 2 by 2 outputs, and the way of images into and out of blocks of them. */
import { fourLines } from "./pack";
import { fillPlanes, planeWidth } from "./plane";
import { Window, windowAt } from "./window";
import { linesIn, outLines } from "./winograd-transforms";

/** Bytes of both operands that a block of tiles may take, and the fewest tiles in it. */
const BLOCK_BYTES: i32 = 512 * 1024;
const FEWEST_TILES: i32 = 64;

@inline
export function tilesAcross(s: Window): i32 {
  return (s.outX + 1) >> 1;
}

@inline
export function tilesDown(s: Window): i32 {
  return (s.outY + 1) >> 1;
}

/** Lines of tiles that are worked on at a time, over all images. */
export function linesOfTiles(s: Window): i32 {
  const tiles = max(FEWEST_TILES, BLOCK_BYTES / (64 * (s.channels + s.outputs)));
  return min(max(1, tiles / tilesAcross(s)), s.batch * tilesDown(s));
}

@inline
export function tilesOfBlock(s: Window): i32 {
  return linesOfTiles(s) * tilesAcross(s);
}

/** Bytes of the tiles of a block for one channel, with room for a vector past the end, no multiple of 64. */
@inline
export function lineBytes(s: Window): usize {
  return (((tilesOfBlock(s) + 10) & ~7) | 8) * 4;
}

/** The window rounded up to whole tiles, so that its planes can be read tile by tile. */
export function planesOf(s: Window, at: usize): Window {
  memory.copy(at, changetype<usize>(s), 64);
  const p = windowAt(at);
  p.outX = 2 * tilesAcross(s);
  p.outY = 2 * tilesDown(s);
  return p;
}

/** Bytes of `planesBytes(planesOf(s))`, aligned. */
export function planesRoom(s: Window): usize {
  return (<usize>(s.channels * (2 * tilesDown(s) + 2) * (2 * tilesAcross(s) + 2) * 4 + 64) + 31) & ~31;
}

/** Two lines of dy with channels side by side. */
@inline
export function turnedBytes(s: Window): usize {
  return 4 * tilesAcross(s) * ((s.outputs + 7) & ~7) * 4;
}

/** Lines `top` to `top + count` of tiles to their positions; `planes` still holds the image of the line before. */
export function imagesIn(
  s: Window,
  p: Window,
  x: usize,
  xStride: usize,
  top: i32,
  count: i32,
  planes: usize,
  values: usize,
  line: usize,
  step: usize,
): void {
  const across = tilesAcross(s);
  const down = tilesDown(s);
  const pitch: usize = planeWidth(p) * 4;
  const area = <usize>(p.outY + 2) * pitch;
  for (let i = top; i < top + count; ) {
    const first = i % down;
    const lines = min(down - first, top + count - i);
    if (first == 0) fillPlanes(p, x + <usize>(i / down) * xStride, planes);
    let plane = planes + <usize>(2 * first) * pitch;
    let to = values;
    for (let c = 0; c < s.channels; c++) {
      let from = plane;
      for (let tiles = 0; tiles < lines * across; tiles += across) {
        linesIn(across, from, pitch, to + tiles * 4, step);
        from += 2 * pitch;
      }
      plane += area;
      to += line;
    }
    values += lines * across * 4;
    i += lines;
  }
}

/** The sums of lines `top` to `top + count` of tiles to y. */
export function imagesOut(
  s: Window,
  sums: usize,
  line: usize,
  step: usize,
  top: i32,
  count: i32,
  bias: usize,
  y: usize,
  yStride: usize,
): void {
  const across = tilesAcross(s);
  const down = tilesDown(s);
  for (let i = top; i < top + count; ) {
    const first = i % down;
    const lines = min(down - first, top + count - i);
    let plane = y + <usize>(i / down) * yStride;
    let from = sums;
    for (let o = 0; o < s.outputs; o++) {
      const shift: f32 = bias == 0 ? 0 : load<f32>(bias + o * 4);
      for (let j = 0; j < lines; j++) {
        const oy = 2 * (first + j);
        outLines(s.outX, oy + 1 < s.outY, from + j * across * 4, step, shift, plane + oy * s.outX * 4);
      }
      from += line;
      plane += s.outY * s.outX * 4;
    }
    sums += lines * across * 4;
    i += lines;
  }
}

/** Lines oy and oy + 1 of dy [outputs, outY, outX] with channels side by side; what lies outside is zero. */
export function turnPair(s: Window, oy: i32, dy: usize, to: usize, lanes: i32): void {
  const plane: usize = s.outY * s.outX * 4;
  const second: usize = 2 * tilesAcross(s) * lanes * 4;
  const step: usize = lanes * 4;
  const both = oy + 1 < s.outY;
  if (!both) memory.fill(to + second, 0, second);
  let from = dy + oy * s.outX * 4;
  let o = 0;
  for (; o + 4 <= s.outputs; o += 4) {
    fourLines(s.outX, from, from + plane, from + 2 * plane, from + 3 * plane, to, step);
    if (both) {
      const next = from + s.outX * 4;
      fourLines(s.outX, next, next + plane, next + 2 * plane, next + 3 * plane, to + second, step);
    }
    from += 4 * plane;
    to += 16;
  }
  for (; o < s.outputs; o++) {
    for (let ox: usize = 0; ox < <usize>s.outX; ox++) {
      store<f32>(to + ox * step, load<f32>(from + ox * 4));
      if (both) store<f32>(to + second + ox * step, load<f32>(from + <usize>s.outX * 4 + ox * 4));
    }
    from += plane;
    to += 4;
  }
}
