/** A convolution or a pool, as the kernels read it. Pools leave groups and outputs at 1. */
export interface Window {
  readonly batch: number;
  readonly groups: number;
  /** Input channels of one group. */
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Output channels of one group. */
  readonly outputs: number;
  readonly kernelY: number;
  readonly kernelX: number;
  readonly outY: number;
  readonly outX: number;
  readonly strideY: number;
  readonly strideX: number;
  readonly padY: number;
  readonly padX: number;
  readonly dilationY: number;
  readonly dilationX: number;
}

/** Of the convolution, over all images. */
export const multiplyAdds = ({ batch, groups, channels, kernelY, kernelX, outputs, outY, outX }: Window): number =>
  batch * groups * channels * kernelY * kernelX * outputs * outY * outX;

/** Bytes that a window takes: sixteen int32, and sixteen more in which kernels keep their own. */
export const windowBytes = 128;

/** Writes `window` at the byte address `address`, a multiple of 4. */
export function writeWindow(memory: WebAssembly.Memory, address: number, window: Window): void {
  const fields = new Int32Array(memory.buffer, address, 16);
  fields[0] = window.batch;
  fields[1] = window.groups;
  fields[2] = window.channels;
  fields[3] = window.height;
  fields[4] = window.width;
  fields[5] = window.outputs;
  fields[6] = window.kernelY;
  fields[7] = window.kernelX;
  fields[8] = window.outY;
  fields[9] = window.outX;
  fields[10] = window.strideY;
  fields[11] = window.strideX;
  fields[12] = window.padY;
  fields[13] = window.padX;
  fields[14] = window.dilationY;
  fields[15] = window.dilationX;
}

/** The window at the byte address `address`. */
export function readWindow(memory: WebAssembly.Memory, address: number): Window {
  const fields = new Int32Array(memory.buffer, address, 16);
  const field = (index: number): number => fields[index] as number;
  return {
    batch: field(0),
    groups: field(1),
    channels: field(2),
    height: field(3),
    width: field(4),
    outputs: field(5),
    kernelY: field(6),
    kernelX: field(7),
    outY: field(8),
    outX: field(9),
    strideY: field(10),
    strideX: field(11),
    padY: field(12),
    padX: field(13),
    dilationY: field(14),
    dilationX: field(15),
  };
}
