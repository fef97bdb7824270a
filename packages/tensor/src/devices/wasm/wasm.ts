import { bytesPerElement, type DType, type TypedArray } from "../../dtype.ts";
import { Storage } from "../../storage.ts";
import { collapse } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import type { Device } from "../device.ts";
import { formulaKernel } from "./elementwise.ts";
import type { Engine } from "./engine.ts";
import { type Block, Heap, type MemoryStats } from "./heap.ts";
import { instantiate, type WasmKernels } from "./instance.ts";

interface Backend extends Device {
  readonly heap: Heap;
  readonly fallbacks: Map<string, number>;
}

let backend: Backend | undefined;

/** The WebAssembly device, started on first use; undefined where the engine has no SIMD. */
export function wasm(): Device | undefined {
  backend ??= start();
  return backend;
}

/** What the WebAssembly memory holds and did; undefined before the first tensor there. */
export const memoryStats = (): MemoryStats | undefined => backend?.heap.stats();

/** How often each op ran on the reference loops because WebAssembly has no kernel for its operands. */
export const wasmFallbacks = (): ReadonlyMap<string, number> => backend?.fallbacks ?? new Map();

class WasmStorage extends Storage {
  readonly block: Block;
  readonly #heap: Heap;

  constructor(device: Device, heap: Heap, dtype: DType, size: number, data?: TypedArray) {
    super(device, dtype, size);
    this.#heap = heap;
    this.block = data === undefined ? heap.allocate(dtype, size, this) : heap.upload(dtype, data, this);
  }

  get data(): TypedArray {
    if (this.block.disposed) throw new Error("Tensor: its memory was given back by scope, using or dispose");
    return this.#heap.data(this.block);
  }

  get disposed(): boolean {
    return this.block.disposed;
  }

  dispose(): void {
    if (this.block.disposed) return;
    this.block.disposed = true;
    this.#heap.free(this.block);
    this.block.moved = undefined;
  }
}

function start(): Backend | undefined {
  const heap = new Heap();
  const kernels = instantiate(heap.memory);
  if (kernels === undefined) return undefined;
  const fallbacks = new Map<string, number>();
  const engine: Engine = makeEngine(heap, kernels);
  const device: Backend = {
    name: "wasm",
    heap,
    fallbacks,
    allocate: (dtype, size) => new WasmStorage(device, heap, dtype, size),
    upload: (dtype, data) => new WasmStorage(device, heap, dtype, data.length, data),
    read: async (storage) => storage.data.slice(),
    run(op, inputs, output, attrs) {
      const kernel = op.formula === undefined ? op.wasm : formulaKernel(op.formula);
      if (kernel?.supports(inputs, output, attrs) && fits(heap, inputs)) {
        withPinned(heap, inputs, output, () => kernel.run(inputs, output, attrs, engine));
        return;
      }
      fallbacks.set(op.name, (fallbacks.get(op.name) ?? 0) + 1);
      op.reference(inputs, output, attrs);
    },
  };
  return device;
}

/** Below are the numbers that kernels read, above up to `reserved` their short tables. */
const numbersEnd = 64;

function makeEngine(heap: Heap, kernels: WasmKernels): Engine {
  const { memory } = heap;
  return {
    kernels,
    memory,
    address: ({ storage, offset, dtype }) => (storage as WasmStorage).block.address + offset * bytesPerElement[dtype],
    placeNumber(slot, value) {
      new Float32Array(memory.buffer, 4 * slot, 1)[0] = value;
      return 4 * slot;
    },
    withScratch: (bytes, body) => heap.withScratch(bytes, body),
    copyStrided({ address, strides }, shape, to) {
      const walk = collapse(shape, [strides]);
      const rank = walk.shape.length;
      const table = new Int32Array(memory.buffer, numbersEnd, 2 * rank);
      table.set(walk.shape);
      table.set(walk.strides[0] as readonly number[], rank);
      kernels.copyStrided(address, to, rank, numbersEnd, numbersEnd + 4 * rank);
    },
  };
}

/** Whether what is outside WebAssembly memory is small enough to come in. */
const fits = (heap: Heap, inputs: readonly Tensor[]): boolean =>
  inputs.every(({ storage }) => !(storage instanceof WasmStorage) || storage.block.moved === undefined || heap.welcomes(storage.block));

/** Runs `body` while all operands have addresses that stay. */
function withPinned(heap: Heap, inputs: readonly Tensor[], output: Tensor, body: () => void): void {
  pin(output, true);
  for (const input of inputs) pin(input, true);
  try {
    for (const { storage } of inputs) if (storage instanceof WasmStorage) heap.bringIn(storage.block, storage);
    if (output.storage instanceof WasmStorage) heap.bringIn(output.storage.block, output.storage);
    body();
  } finally {
    pin(output, false);
    for (const input of inputs) pin(input, false);
  }
}

function pin({ storage }: Tensor, pinned: boolean): void {
  if (!(storage instanceof WasmStorage)) return;
  if (storage.disposed) throw new Error("Tensor: its memory was given back by scope, using or dispose");
  storage.block.pinned = pinned;
  storage.block.used = true;
}
