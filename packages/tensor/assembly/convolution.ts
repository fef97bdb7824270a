/**
 * 2-d convolution in PyTorch's layout: x [N, G C, H, W], weight [G O, C, kh, kw], y [N, G O, oh, ow].
 *
 * Depthwise, Winograd or direct: the shape of one image decides, so the same numbers give the same bits in any batch.
 */
import { col2im } from "./columns";
import {
  depthwise,
  depthwiseScratch,
  depthwiseWeightGradient,
  depthwiseWeightGradientScratch,
  isDepthwise,
} from "./depthwise";
import { direct, directScratch, directWeightGradient, directWeightGradientScratch } from "./direct";
import { gemm, gemmScratch } from "./gemm";
import { Window, copyOf, windowAt } from "./window";
import {
  suitsWinograd,
  winograd,
  winogradScratch,
  winogradWeightGradient,
  winogradWeightGradientScratch,
} from "./winograd";

/** y = conv(x, weight) + bias, bias 0 for none. */
export function conv2d(window: usize, x: usize, weight: usize, bias: usize, y: usize, scratch: usize): void {
  const s = flattened(windowAt(window));
  correlate(s, weight, false, x, bias, y, scratch);
}

/** Bytes of scratch for `conv2d`. */
export function conv2dScratch(window: usize): usize {
  return correlateScratch(flattened(windowAt(window)));
}

/**
 * dx from dy: for stride 1 and one channel on its own or four and more a correlation with the turned weight, else
 * `Wᵀ dy` summed back by `col2im`.
 */
export function conv2dInputGradient(window: usize, dy: usize, weight: usize, dx: usize, scratch: usize): void {
  const s = windowAt(window);
  if (turns(s)) {
    correlate(turned(s), weight, true, dy, 0, dx, scratch);
    return;
  }
  const taps = s.channels * s.kernelY * s.kernelX;
  const columns = scratch + align(gemmScratch());
  for (let n = 0; n < s.batch; n++) {
    for (let g = 0; g < s.groups; g++) {
      gemm(taps, s.outY * s.outX, s.outputs, weight + g * s.outputs * taps * 4, dy, columns, 1, 0, scratch);
      col2im(window, columns, dx);
      dy += s.outputs * s.outY * s.outX * 4;
      dx += s.channels * s.height * s.width * 4;
    }
  }
}

/** Bytes of scratch for `conv2dInputGradient`. */
export function conv2dInputGradientScratch(window: usize): usize {
  const s = windowAt(window);
  if (turns(s)) return correlateScratch(turned(s));
  return align(gemmScratch()) + s.channels * s.kernelY * s.kernelX * s.outY * s.outX * 4;
}

/** dweight [G O, C, kh, kw] from x and dy. */
export function conv2dWeightGradient(window: usize, x: usize, dy: usize, dweight: usize, scratch: usize): void {
  conv2dWeightGradientRows(window, x, dy, dweight, scratch, 0, windowAt(window).outputs);
}

/** Bytes of scratch for `conv2dWeightGradient`. */
export function conv2dWeightGradientScratch(window: usize): usize {
  return conv2dWeightGradientRowsScratch(window, windowAt(window).outputs);
}

/** Output channels `from` to `to` of every group of dweight, the same bits in any split. */
export function conv2dWeightGradientRows(
  window: usize,
  x: usize,
  dy: usize,
  dweight: usize,
  scratch: usize,
  from: i32,
  to: i32,
): void {
  const s = flattened(windowAt(window));
  if (isDepthwise(s)) {
    depthwiseWeightGradient(s, x, dy, dweight, scratch);
    return;
  }
  const inBytes: usize = s.channels * s.height * s.width * 4;
  const plane: usize = s.outY * s.outX * 4;
  const outBytes = <usize>s.outputs * plane;
  const bytes = weightBytes(s);
  const groups = <usize>s.groups;
  const isWinograd = suitsWinograd(s);
  dy += <usize>from * plane;
  dweight += <usize>from * (bytes / <usize>s.outputs);
  s.outputs = to - from;
  for (let g: usize = 0; g < groups; g++) {
    if (isWinograd) winogradWeightGradient(s, x, groups * inBytes, dy, groups * outBytes, dweight, scratch);
    else directWeightGradient(s, x, groups * inBytes, dy, groups * outBytes, dweight, scratch);
    x += inBytes;
    dy += outBytes;
    dweight += bytes;
  }
}

/** Bytes of scratch for so many output channels of `conv2dWeightGradientRows`. */
export function conv2dWeightGradientRowsScratch(window: usize, outputs: i32): usize {
  const s = flattened(windowAt(window));
  if (isDepthwise(s)) return depthwiseWeightGradientScratch(s);
  const isWinograd = suitsWinograd(s);
  s.outputs = outputs;
  return isWinograd ? winogradWeightGradientScratch(s) : directWeightGradientScratch(s);
}

/** y from x; with `turn` dx from dy, where the window is `turned` and the weight is read as that needs it. */
function correlate(s: Window, weight: usize, turn: bool, x: usize, bias: usize, y: usize, scratch: usize): void {
  if (isDepthwise(s)) {
    depthwise(s, weight, turn, x, bias, y, scratch);
    return;
  }
  const inBytes: usize = s.channels * s.height * s.width * 4;
  const outBytes: usize = s.outputs * s.outY * s.outX * 4;
  const groups = <usize>s.groups;
  for (let g: usize = 0; g < groups; g++) {
    if (suitsWinograd(s)) winograd(s, weight, turn, x, groups * inBytes, bias, y, groups * outBytes, scratch);
    else direct(s, weight, turn, x, groups * inBytes, bias, y, groups * outBytes, scratch);
    weight += weightBytes(s);
    if (bias != 0) bias += s.outputs * 4;
    x += inBytes;
    y += outBytes;
  }
}

function correlateScratch(s: Window): usize {
  if (isDepthwise(s)) return depthwiseScratch(s);
  return suitsWinograd(s) ? winogradScratch(s) : directScratch(s);
}

/** Bytes of the weight of one group. */
@inline
function weightBytes(s: Window): usize {
  return s.outputs * s.channels * s.kernelY * s.kernelX * 4;
}

@inline
function align(bytes: usize): usize {
  return (bytes + 31) & ~31;
}

/** The window as `correlate` wants it: a 1 by 1 kernel without padding sees the image as one line. */
function flattened(s: Window): Window {
  const t = copyOf(s);
  flatten(t);
  return t;
}

function flatten(t: Window): void {
  if (t.kernelY == 1 && t.kernelX == 1 && t.strideY == 1 && t.strideX == 1 && t.padY == 0 && t.padX == 0) {
    t.width *= t.height;
    t.outX = t.width;
    t.height = 1;
    t.outY = 1;
  }
}

/** Whether the input gradient is a correlation with the turned weight: decided by the shape alone. */
@inline
function turns(s: Window): bool {
  return s.strideY == 1 && s.strideX == 1 && (s.channels > 3 || isDepthwise(s) || s.kernelY * s.kernelX == 1);
}

/** The window of the input gradient of a convolution with stride 1. */
function turned(s: Window): Window {
  const t = copyOf(s);
  t.channels = s.outputs;
  t.outputs = s.channels;
  t.height = s.outY;
  t.width = s.outX;
  t.outY = s.height;
  t.outX = s.width;
  t.padY = s.dilationY * (s.kernelY - 1) - s.padY;
  t.padX = s.dilationX * (s.kernelX - 1) - s.padX;
  flatten(t);
  return t;
}
