import { bytesPerElement, type DType, type TypedArray } from "../../dtype.ts";
import type { Shape } from "../../shape.ts";
import { givenBack, Storage } from "../../storage.ts";
import { collapse } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import type { Device } from "../device.ts";
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
    if (this.block.disposed) throw givenBack();
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
      const kernel = op.wasm;
      if (kernel?.supports(inputs, output, attrs) && holdAll(heap, inputs, output)) {
        kernel.run(inputs, output, attrs, engine);
        return;
      }
      fallbacks.set(op.name, (fallbacks.get(op.name) ?? 0) + 1);
      op.reference(inputs, output, attrs);
    },
  };
  return device;
}

/** Gets all operands to addresses that stay until the kernel is done; false where one is too large to come back. */
function holdAll(heap: Heap, inputs: readonly Tensor[], output: Tensor): boolean {
  heap.begin();
  for (let i = 0; i < inputs.length; i++) if (!hold(heap, inputs[i] as Tensor)) return false;
  return hold(heap, output);
}

function hold(heap: Heap, { storage }: Tensor): boolean {
  if (!(storage instanceof WasmStorage)) return true;
  if (storage.block.disposed) throw givenBack();
  return heap.hold(storage.block, storage);
}

function makeEngine(heap: Heap, kernels: WasmKernels): Engine {
  const { memory } = heap;
  return {
    kernels,
    memory,
    address({ storage, offset }) {
      const { address, dtype } = (storage as WasmStorage).block;
      return offset === 0 ? address : address + offset * bytesPerElement[dtype];
    },
    withScratch: (bytes, body) => heap.withScratch(bytes, body),
    copyStrided({ address, strides }, shape, to, bytes = 4) {
      const { rank, tables } = writeTables(memory, shape, [strides]);
      if (bytes === 4) kernels.copyStrided(address, to, rank, tables, tables + 4 * rank);
      else kernels.copyStridedBytes(address, to, rank, tables, tables + 4 * rank);
    },
    between(dtype, shape, from, to) {
      const { rank, tables } = writeTables(memory, shape, [from.strides, to.strides]);
      const copy = bytesPerElement[dtype] === 1 ? kernels.copyBytesBetween : kernels.copyBetween;
      copy(from.address, to.address, rank, tables, tables + 4 * rank, tables + 8 * rank);
    },
    addBetween(shape, from, to) {
      const { rank, tables } = writeTables(memory, shape, [from.strides, to.strides]);
      kernels.addBetween(from.address, to.address, rank, tables, tables + 4 * rank, tables + 8 * rank);
    },
  };
}

/** Writes a shape and strides over it where kernels read them, one after the other, `rank` int32 each. */
function writeTables(
  memory: WebAssembly.Memory,
  shape: Shape,
  strides: readonly (readonly number[])[],
): { rank: number; tables: number } {
  const walk = collapse(shape, strides);
  const rank = walk.shape.length;
  const table = new Int32Array(memory.buffer, 0, (1 + strides.length) * rank);
  table.set(walk.shape);
  for (let k = 0; k < walk.strides.length; k++) table.set(walk.strides[k] as readonly number[], (k + 1) * rank);
  return { rank, tables: 0 };
}
