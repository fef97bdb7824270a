/** Sixteen int32 that describe a convolution or a pool, written by the caller; behind them sixteen for the kernels. */
@unmanaged
export class Window {
  batch: i32;
  groups: i32;
  /** Input channels of one group (of the whole image for im2col, col2im and pools). */
  channels: i32;
  height: i32;
  width: i32;
  /** Output channels of one group. */
  outputs: i32;
  kernelY: i32;
  kernelX: i32;
  outY: i32;
  outX: i32;
  strideY: i32;
  strideX: i32;
  padY: i32;
  padX: i32;
  dilationY: i32;
  dilationX: i32;
}

const WINDOW_BYTES: usize = 64;

/** A copy in the kernels' own half. */
export function copyOf(s: Window): Window {
  const copy = changetype<usize>(s) + WINDOW_BYTES;
  memory.copy(copy, changetype<usize>(s), WINDOW_BYTES);
  return changetype<Window>(copy);
}

@inline
export function windowAt(address: usize): Window {
  return changetype<Window>(address);
}

/** Smallest output position whose input position `x * stride + shift` is not before the image. */
@inline
export function firstInside(shift: i32, stride: i32): i32 {
  return shift >= 0 ? 0 : (stride - 1 - shift) / stride;
}

/** One past the last output position whose input position is inside the image. */
@inline
export function pastInside(shift: i32, stride: i32, inputs: i32, outputs: i32): i32 {
  const room = inputs - shift;
  return room <= 0 ? 0 : min(outputs, (room + stride - 1) / stride);
}

@inline
export function copyLine(from: usize, to: usize, count: i32): void {
  if (count >= 8 && count <= 16) {
    const last: usize = (count - 4) * 4;
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to + last - 16, v128.load(from + last - 16));
    v128.store(to + last, v128.load(from + last));
  } else if (count >= 4) {
    const last: usize = (count - 4) * 4;
    for (let i: usize = 0; i < last; i += 16) v128.store(to + i, v128.load(from + i));
    v128.store(to + last, v128.load(from + last));
  } else {
    for (let i = 0; i < count; i++) store<f32>(to + i * 4, load<f32>(from + i * 4));
  }
}

/** Four floats `step` bytes apart. */
@inline
export function spread(address: usize, step: usize): v128 {
  if (step == 4) return v128.load(address);
  if (step == 8) return v128.shuffle<f32>(v128.load(address), v128.load(address, 12), 0, 2, 5, 7);
  const low = v128.load_lane<f32>(address + step, v128.load32_zero(address), 1);
  const third = v128.load_lane<f32>(address + 2 * step, low, 2);
  return v128.load_lane<f32>(address + 3 * step, third, 3);
}
