import { classSize } from "../wasm/places.ts";
import { elementBytes } from "./elements.ts";

/** GPUBufferUsage, which Node lacks; the numbers are fixed by the WebGPU specification. */
export const usage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 } as const;

const storageUsage = usage.storage | usage.copySource | usage.copyTarget;

/** Buffers that nobody holds any more are kept up to this many bytes. */
const mostSpareBytes = 256 * 2 ** 20;

/** Hands out storage buffers and takes them back, by size class. */
export class Buffers {
  readonly #device: GPUDevice;
  readonly #beforeDestroy: () => void;
  readonly #spare = new Map<number, GPUBuffer[]>();
  #spareBytes = 0;

  /** `beforeDestroy` submits the work that may still use a buffer. */
  constructor(device: GPUDevice, beforeDestroy: () => void) {
    this.#device = device;
    this.#beforeDestroy = beforeDestroy;
  }

  /** A buffer for `size` elements, contents undefined. */
  take(size: number): GPUBuffer {
    const bytes = this.#bytesFor(size);
    const spare = this.#spare.get(bytes)?.pop();
    if (spare === undefined) return this.#device.createBuffer({ size: bytes, usage: storageUsage });
    this.#spareBytes -= bytes;
    return spare;
  }

  /** A new buffer for `size` elements with what `fill` writes. */
  filled(size: number, fill: (memory: ArrayBuffer) => void): GPUBuffer {
    const buffer = this.#device.createBuffer({
      size: this.#bytesFor(size),
      usage: storageUsage,
      mappedAtCreation: true,
    });
    fill(buffer.getMappedRange());
    buffer.unmap();
    return buffer;
  }

  /** Takes back a buffer; work already recorded may still use it. */
  give(buffer: GPUBuffer): void {
    if (this.#spareBytes + buffer.size > mostSpareBytes) {
      this.#beforeDestroy();
      buffer.destroy();
      return;
    }
    this.#spareBytes += buffer.size;
    const list = this.#spare.get(buffer.size);
    if (list === undefined) this.#spare.set(buffer.size, [buffer]);
    else list.push(buffer);
  }

  #bytesFor(size: number): number {
    const bytes = classSize(elementBytes * size);
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#device.limits;
    const most = Math.min(maxBufferSize, maxStorageBufferBindingSize);
    if (bytes <= most) return bytes;
    if (elementBytes * size <= most) return elementBytes * size;
    throw new RangeError(`gpu: ${size} elements need ${elementBytes * size} bytes, one buffer holds ${most}`);
  }
}
