/**
 * 3 by 3 convolution with stride 1 as Winograd's F(2, 3): 16 products where the plain sum takes 36.
 *
 * The image falls into tiles of 2 by 2 outputs, 4 by 4 inputs each. Image and weight go to 16 positions each, every
 * position is a small matrix product with one ascending chain (over input channels forward, over tiles for the
 * weight), and the sums come back. What the transforms lose the shorter chains win back: the error is about that of the
 * plain sum. But a value that dwarfs its neighbours, infinity or NaN reaches all four outputs of a tile that sees it.
 * Lavin & Gray, https://arxiv.org/abs/1509.09308
 */
import { tileColumns, tileRows } from "./tile";
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
  turnPair,
  turnedBytes,
} from "./winograd-tiles";
import { gradientsIn, weightOut, weightsIn } from "./winograd-transforms";

/** Bytes between positions, so that the 16 of them do not fall on the same lines of the cache. */
const APART: usize = 64;

/** Scratch: the window of the planes, zeros, then what each function needs. */
const ZEROS: usize = 64;
const REST: usize = 96;

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
    s.outX >= 4 &&
    tilesAcross(s) * tilesDown(s) >= FEWEST_TILES_OF_IMAGE
  );
}

const FEWEST_CHANNELS: i32 = 16;
const FEWEST_TILES_OF_IMAGE: i32 = 9;
/** Pairs of channels whose transformed weights take 32 MiB. */
const MOST_WEIGHTS: i32 = 512 * 1024;

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
  const weights = scratch + REST;
  const weightStep = weightBytes(s);
  const planes = weights + 16 * weightStep;
  const line = lineBytes(s);
  const values = planes + planesRoom(s);
  const valueStep = <usize>s.channels * line + APART;
  const sums = values + 16 * valueStep;
  const sumStep = <usize>s.outputs * line + APART;
  memory.fill(scratch + ZEROS, 0, 32);
  memory.fill(planes, 0, planesRoom(s));
  weightsIn(weight, s.outputs, s.channels, turn, weights, weightStep);
  const lines = s.batch * tilesDown(s);
  const block = linesOfTiles(s);
  for (let top = 0; top < lines; top += block) {
    const count = min(block, lines - top);
    imagesIn(s, p, x, xStride, top, count, planes, values, line, valueStep);
    for (let position: usize = 0; position < 16; position++) {
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
    imagesOut(s, sums, line, sumStep, top, count, bias, y, yStride);
  }
}

/** Bytes of scratch for `winograd`. */
export function winogradScratch(s: Window): usize {
  const line = lineBytes(s);
  const operands = <usize>(s.channels + s.outputs) * line + 2 * APART;
  return REST + 16 * weightBytes(s) + planesRoom(s) + 16 * operands;
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
  const planes = scratch + REST;
  const values = planes + planesRoom(s);
  const valueStep = <usize>s.channels * line + APART;
  const turned = values + 16 * valueStep;
  const gradients = turned + turnedBytes(s);
  const gradientStep = <usize>(tilesOfBlock(s) * lanes * 4) + APART;
  const sums = gradients + 16 * gradientStep;
  const sumStep = <usize>(s.channels * lanes * 4) + APART;
  memory.fill(planes, 0, planesRoom(s));
  memory.fill(turned, 0, turnedBytes(s));
  memory.fill(sums, 0, 16 * sumStep);
  const across = tilesAcross(s);
  const down = tilesDown(s);
  const block = linesOfTiles(s);
  for (let top = 0; top < s.batch * down; top += block) {
    const count = min(block, s.batch * down - top);
    imagesIn(s, p, x, xStride, top, count, planes, values, line, valueStep);
    for (let i = 0; i < count; i++) {
      const oy = 2 * ((top + i) % down);
      turnPair(s, oy, dy + <usize>((top + i) / down) * dyStride, turned, lanes);
      gradientsIn(across, lanes, turned, gradients + i * across * lanes * 4, gradientStep);
    }
    for (let position: usize = 0; position < 16; position++) {
      addProducts(
        s.channels,
        lanes,
        count * across,
        values + position * valueStep,
        line,
        gradients + position * gradientStep,
        sums + position * sumStep,
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
  return REST + planesRoom(s) + turnedBytes(s) + 16 * (values + gradients + sums);
}

@inline
function align(bytes: usize): usize {
  return (bytes + 31) & ~31;
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
  for (let j = 0; j < tiles; j += 8) {
    let weight = weights;
    let to = sums + j * 4;
    let left = outputs;
    for (let panels = (outputs + 5) / 6; panels > 0; panels--) {
      const rows = (left + panels - 1) / panels;
      left -= rows;
      tileColumns(rows, tiles - j > 4, weight, rows * 4, values + j * 4, line, zeros, 0, to, line, channels);
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
): void {
  const stride: usize = lanes * 4;
  for (let j: usize = 0; j < stride; j += 32) {
    let from = values;
    let to = sums + j;
    let left = channels;
    for (let panels = (channels + 5) / 6; panels > 0; panels--) {
      const rows = (left + panels - 1) / panels;
      left -= rows;
      tileRows(
        rows,
        true,
        from,
        from + line,
        from + 2 * line,
        from + 3 * line,
        from + 4 * line,
        from + 5 * line,
        0,
        gradients + j,
        stride,
        to,
        stride,
        to,
        stride,
        tiles,
        1,
      );
      from += <usize>rows * line;
      to += <usize>rows * stride;
    }
  }
}
