/**
 * 3 by 3 convolution with stride 1 as Winograd's F(4, 3): 36 products where the plain sum takes 144.
 *
 * The image falls into tiles of 4 by 4 outputs, 6 by 6 inputs each. Image and weight go to 36 positions each, every
 * position is a small matrix product with one ascending chain (over input channels forward, over tiles for the
 * weight), and the sums come back. The error is about twice that of the plain sum. But a value that dwarfs its
 * neighbours, infinity or NaN reaches all sixteen outputs of a tile that sees it.
 * Lavin & Gray, https://arxiv.org/abs/1509.09308
 */
import { packRows } from "./pack";
import { tileColumns } from "./tile";
import { hasDoubleTiles } from "./tile-choice";
import { doubleTileColumns } from "./tile-double";
import { Window } from "./window";
import {
  imagesIn,
  imagesOut,
  lineBytes,
  linesOfTiles,
  planesOf,
  planesRoom,
  tilesAcross,
  tilesDown,
  tilesOfBlock,
  turnLines,
  turnedBytes,
} from "./winograd-tiles";
import { transformScratch } from "./winograd-transforms";
import { gradientsIn, weightOut, weightsIn } from "./winograd-weights";

/** Bytes between positions, so that the 36 of them do not fall on the same lines of the cache. */
const APART: usize = 64;

/** Scratch: the window of the planes, zeros, halves of transforms, then what each function needs. */
const ZEROS: usize = 64;
const HALVES: usize = 128;

/** Whether the transforms pay: decided by the shape of one image alone. */
export function suitsWinograd(s: Window): bool {
  return (
    s.kernelY == 3 &&
    s.kernelX == 3 &&
    s.strideY == 1 &&
    s.strideX == 1 &&
    s.dilationY == 1 &&
    s.dilationX == 1 &&
    s.channels >= FEWEST_CHANNELS &&
    s.outputs >= FEWEST_CHANNELS &&
    s.channels * s.outputs <= MOST_WEIGHTS &&
    tilesAcross(s) * tilesDown(s) >= FEWEST_TILES_OF_IMAGE &&
    s.outX * s.outY >= 8 * tilesAcross(s) * tilesDown(s)
  );
}

const FEWEST_CHANNELS: i32 = 16;
const FEWEST_TILES_OF_IMAGE: i32 = 4;
/** Pairs of channels whose transformed weights take 36 MiB. */
const MOST_WEIGHTS: i32 = 256 * 1024;

/** y of one group; `turn` takes the weight as `conv2dInputGradient` needs it. Strides are between images in bytes. */
export function winograd(
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
  const p = planesOf(s, scratch);
  const weights = restAt(s, scratch);
  const weightStep = weightBytes(s);
  const planes = weights + 36 * weightStep;
  const line = lineBytes(s);
  const values = planes + planesRoom(s);
  const valueStep = <usize>s.channels * line + APART;
  const sums = values + 36 * valueStep;
  const sumStep = <usize>s.outputs * line + APART;
  memory.fill(scratch + ZEROS, 0, 64);
  memory.fill(planes, 0, planesRoom(s));
  weightsIn(weight, s.outputs, s.channels, turn, weights, weightStep, scratch + HALVES);
  const lines = s.batch * tilesDown(s);
  const block = linesOfTiles(s);
  for (let top = 0; top < lines; top += block) {
    const count = min(block, lines - top);
    imagesIn(s, p, x, xStride, top, count, planes, values, line, valueStep, scratch + HALVES);
    for (let position: usize = 0; position < 36; position++) {
      multiply(
        s.outputs,
        count * tilesAcross(s),
        s.channels,
        weights + position * weightStep,
        values + position * valueStep,
        sums + position * sumStep,
        line,
        scratch + ZEROS,
      );
    }
    imagesOut(s, sums, line, sumStep, top, count, bias, y, yStride, scratch + HALVES);
  }
}

/** Bytes of scratch for `winograd`. */
export function winogradScratch(s: Window): usize {
  const line = lineBytes(s);
  const operands = <usize>(s.channels + s.outputs) * line + 2 * APART;
  return restAt(s, 0) + 36 * weightBytes(s) + planesRoom(s) + 36 * operands;
}

/** dweight of one group. */
export function winogradWeightGradient(
  s: Window,
  x: usize,
  xStride: usize,
  dy: usize,
  dyStride: usize,
  dweight: usize,
  scratch: usize,
): void {
  const p = planesOf(s, scratch);
  const lanes = (s.outputs + 7) & ~7;
  const line = lineBytes(s);
  const planes = restAt(s, scratch);
  const values = planes + planesRoom(s);
  const valueStep = <usize>s.channels * line + APART;
  const turned = values + 36 * valueStep;
  const packed = turned + turnedBytes(s);
  const gradients = packed + packedBytes(s);
  const gradientStep = <usize>(tilesOfBlock(s) * lanes * 4) + APART;
  const sums = gradients + 36 * gradientStep;
  const sumStep = <usize>(s.channels * lanes * 4) + APART;
  memory.fill(planes, 0, planesRoom(s));
  memory.fill(turned, 0, turnedBytes(s));
  memory.fill(sums, 0, 36 * sumStep);
  const across = tilesAcross(s);
  const down = tilesDown(s);
  const block = linesOfTiles(s);
  for (let top = 0; top < s.batch * down; top += block) {
    const count = min(block, s.batch * down - top);
    imagesIn(s, p, x, xStride, top, count, planes, values, line, valueStep, scratch + HALVES);
    for (let i = 0; i < count; i++) {
      const oy = 4 * ((top + i) % down);
      turnLines(s, oy, dy + <usize>((top + i) / down) * dyStride, turned, lanes);
      gradientsIn(across, lanes, turned, gradients + i * across * lanes * 4, gradientStep, scratch + HALVES);
    }
    for (let position: usize = 0; position < 36; position++) {
      addProducts(
        s.channels,
        lanes,
        count * across,
        values + position * valueStep,
        line,
        gradients + position * gradientStep,
        sums + position * sumStep,
        packed,
      );
    }
  }
  for (let o = 0; o < s.outputs; o += 4) {
    for (let c = 0; c < s.channels; c++) {
      weightOut(
        min(4, s.outputs - o),
        sums + (c * lanes + o) * 4,
        sumStep,
        dweight + (o * s.channels + c) * 36,
        s.channels * 36,
        scratch + HALVES,
      );
    }
  }
}

/** Bytes of scratch for `winogradWeightGradient`. */
export function winogradWeightGradientScratch(s: Window): usize {
  const lanes = (s.outputs + 7) & ~7;
  const values = <usize>s.channels * lineBytes(s) + APART;
  const gradients = <usize>(tilesOfBlock(s) * lanes * 4) + APART;
  const sums = <usize>(s.channels * lanes * 4) + APART;
  return restAt(s, 0) + planesRoom(s) + turnedBytes(s) + packedBytes(s) + 36 * (values + gradients + sums);
}

@inline
function align(bytes: usize): usize {
  return (bytes + 31) & ~31;
}

@inline
function restAt(s: Window, scratch: usize): usize {
  return scratch + align(HALVES + transformScratch(tilesAcross(s)));
}

/** Bytes of the packed values of one position, behind which a vector may be written. */
@inline
function packedBytes(s: Window): usize {
  return s.channels * tilesOfBlock(s) * 4 + 32;
}

@inline
function weightBytes(s: Window): usize {
  return align(s.channels * s.outputs * 4 + 16) + 32;
}

/** sums[outputs, tiles] of one position. */
function multiply(
  outputs: i32,
  tiles: i32,
  channels: i32,
  weights: usize,
  values: usize,
  sums: usize,
  line: usize,
  zeros: usize,
): void {
  const double = hasDoubleTiles();
  let width = 0;
  for (let j = 0; j < tiles; j += width) {
    width = double && tiles - j > 8 ? 16 : 8;
    let weight = weights;
    let to = sums + j * 4;
    let left = outputs;
    for (let panels = (outputs + 5) / 6; panels > 0; panels--) {
      const rows = (left + panels - 1) / panels;
      left -= rows;
      const from = values + j * 4;
      if (width == 16) doubleTileColumns(rows, weight, rows * 4, from, line, 32, zeros, 0, to, line, channels);
      else tileColumns(rows, tiles - j > 4, weight, rows * 4, from, line, zeros, 0, to, line, channels);
      weight += rows * channels * 4;
      to += <usize>rows * line;
    }
  }
}

/** Adds the tiles of a block to sums[channels, lanes] of one position. */
function addProducts(
  channels: i32,
  lanes: i32,
  tiles: i32,
  values: usize,
  line: usize,
  gradients: usize,
  sums: usize,
  packed: usize,
): void {
  const stride: usize = lanes * 4;
  packRows(channels, tiles, values, line, packed);
  const double = hasDoubleTiles();
  let width: usize = 0;
  for (let j: usize = 0; j < stride; j += width) {
    width = double && stride - j >= 64 ? 64 : 32;
    let from = packed;
    let to = sums + j;
    let left = channels;
    for (let panels = (channels + 5) / 6; panels > 0; panels--) {
      const rows = (left + panels - 1) / panels;
      left -= rows;
      const b = gradients + j;
      if (width == 64) doubleTileColumns(rows, from, rows * 4, b, stride, 32, to, stride, to, stride, tiles);
      else tileColumns(rows, true, from, rows * 4, b, stride, to, stride, to, stride, tiles);
      from += rows * tiles * 4;
      to += <usize>rows * stride;
    }
  }
}
