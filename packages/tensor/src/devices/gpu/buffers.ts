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
  readonly #destroy: (buffer: GPUBuffer) => void;
  readonly #spare = new Map<number, GPUBuffer[]>();
  #spareBytes = 0;

  /** `destroy` waits for the work that may still use a buffer. */
  constructor(device: GPUDevice, destroy: (buffer: GPUBuffer) => void) {
    this.#device = device;
    this.#destroy = destroy;
  }

  /** A buffer for `size` elements, contents undefined. */
  take(size: number): GPUBuffer {
    return this.takeSpare(size) ?? this.#create(this.#bytesFor(size), false);
  }

  /** The same, if one was given back. */
  takeSpare(size: number): GPUBuffer | undefined {
    const spare = this.#spare.get(this.#bytesFor(size))?.pop();
    if (spare !== undefined) this.#spareBytes -= spare.size;
    return spare;
  }

  /** A new buffer for `size` elements with what `fill` writes. */
  filled(size: number, fill: (memory: ArrayBuffer) => void): GPUBuffer {
    const buffer = this.#create(this.#bytesFor(size), true);
    fill(buffer.getMappedRange());
    buffer.unmap();
    return buffer;
  }

  /** Takes back a buffer; work already recorded may still use it. */
  give(buffer: GPUBuffer): void {
    if (this.#spareBytes + buffer.size > mostSpareBytes) {
      this.#destroy(buffer);
      return;
    }
    this.#spareBytes += buffer.size;
    const list = this.#spare.get(buffer.size);
    if (list === undefined) this.#spare.set(buffer.size, [buffer]);
    else list.push(buffer);
  }

  #create(size: number, mappedAtCreation: boolean): GPUBuffer {
    return this.#device.createBuffer({ size, usage: storageUsage, mappedAtCreation });
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
