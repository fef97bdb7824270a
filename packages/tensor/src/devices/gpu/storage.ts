import type { DType } from "../../dtype.ts";
import { givenBack, Storage } from "../../storage.ts";
import type { Device } from "../device.ts";
import type { Buffers } from "./buffers.ts";

/** Elements in a buffer of the GPU. They are read with `await`, never through `data`. */
export class GpuStorage extends Storage {
  readonly #buffers: Buffers;
  readonly #forgotten: FinalizationRegistry<GPUBuffer>;
  #buffer: GPUBuffer | undefined;

  constructor(
    device: Device,
    dtype: DType,
    size: number,
    buffer: GPUBuffer,
    buffers: Buffers,
    forgotten: FinalizationRegistry<GPUBuffer>,
  ) {
    super(device, dtype, size);
    this.#buffer = buffer;
    this.#buffers = buffers;
    this.#forgotten = forgotten;
    forgotten.register(this, buffer, this);
  }

  get buffer(): GPUBuffer {
    if (this.#buffer === undefined) throw givenBack();
    return this.#buffer;
  }

  get data(): never {
    throw new TypeError(
      "Tensor: elements on the gpu cannot be read synchronously: use await x.read(), await x.itemAsync() or await x.cpu()",
    );
  }

  get disposed(): boolean {
    return this.#buffer === undefined;
  }

  dispose(): void {
    if (this.#buffer === undefined) return;
    this.#forgotten.unregister(this);
    this.#buffers.give(this.#buffer);
    this.#buffer = undefined;
  }
}
