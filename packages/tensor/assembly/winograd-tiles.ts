/** How `winograd` cuts a window into tiles of 4 by 4 outputs, and the way of images into and out of blocks of them. */
import { fourLines } from "./pack";
import { fillPlanes, planeWidth } from "./plane";
import { Window, windowAt } from "./window";
import { linesIn, outLines } from "./winograd-transforms";

/** Bytes of both operands that a block of tiles may take, and the fewest tiles in it. */
const BLOCK_BYTES: i32 = 384 * 1024;
const FEWEST_TILES: i32 = 32;

@inline
export function tilesAcross(s: Window): i32 {
  return (s.outX + 3) >> 2;
}

@inline
export function tilesDown(s: Window): i32 {
  return (s.outY + 3) >> 2;
}

/** Lines of tiles that are worked on at a time, over all images. */
export function linesOfTiles(s: Window): i32 {
  const tiles = max(FEWEST_TILES, BLOCK_BYTES / (144 * (s.channels + s.outputs)));
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
  p.outX = 4 * tilesAcross(s);
  p.outY = 4 * tilesDown(s);
  return p;
}

/** Bytes of `planesBytes(planesOf(s))`, aligned. */
export function planesRoom(s: Window): usize {
  return (<usize>(s.channels * (4 * tilesDown(s) + 2) * (4 * tilesAcross(s) + 2) * 4 + 64) + 31) & ~31;
}

/** Four lines of dy with channels side by side. */
@inline
export function turnedBytes(s: Window): usize {
  return 16 * tilesAcross(s) * ((s.outputs + 7) & ~7) * 4;
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
  scratch: usize,
): void {
  const across = tilesAcross(s);
  const down = tilesDown(s);
  const pitch: usize = planeWidth(p) * 4;
  const area = <usize>(p.outY + 2) * pitch;
  for (let i = top; i < top + count; ) {
    const first = i % down;
    const lines = min(down - first, top + count - i);
    if (first == 0) fillPlanes(p, x + <usize>(i / down) * xStride, planes);
    let plane = planes + <usize>(4 * first) * pitch;
    let to = values;
    for (let c = 0; c < s.channels; c++) {
      let from = plane;
      for (let tiles = 0; tiles < lines * across; tiles += across) {
        linesIn(across, from, pitch, to + tiles * 4, step, scratch);
        from += 4 * pitch;
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
  scratch: usize,
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
        const oy = 4 * (first + j);
        const to = plane + oy * s.outX * 4;
        outLines(s.outX, min(4, s.outY - oy), from + j * across * 4, step, shift, to, scratch);
      }
      from += line;
      plane += s.outY * s.outX * 4;
    }
    sums += lines * across * 4;
    i += lines;
  }
}

/** Lines oy to oy + 4 of dy [outputs, outY, outX] with channels side by side; what lies outside is zero. */
export function turnLines(s: Window, oy: i32, dy: usize, to: usize, lanes: i32): void {
  const plane: usize = s.outY * s.outX * 4;
  const step: usize = lanes * 4;
  const line: usize = 4 * tilesAcross(s) * lanes * 4;
  for (let y = oy; y < oy + 4; y++) {
    if (y < s.outY) turnLine(s, plane, dy + y * s.outX * 4, to, step);
    else memory.fill(to, 0, line);
    to += line;
  }
}

function turnLine(s: Window, plane: usize, from: usize, to: usize, step: usize): void {
  let o = 0;
  for (; o + 4 <= s.outputs; o += 4) {
    fourLines(s.outX, from, from + plane, from + 2 * plane, from + 3 * plane, to, step);
    from += 4 * plane;
    to += 16;
  }
  for (; o < s.outputs; o++) {
    for (let ox: usize = 0; ox < <usize>s.outX; ox++) store<f32>(to + ox * step, load<f32>(from + ox * 4));
    from += plane;
    to += 4;
  }
}
