import { bytesPerElement, type DType, type TypedArray } from "../../dtype.ts";
import { wasmImports } from "../../formula/wasm.ts";
import type { Shape } from "../../shape.ts";
import { givenBack, Storage } from "../../storage.ts";
import { collapse } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import type { Device } from "../device.ts";
import { Block } from "./block.ts";
import type { Engine } from "./engine.ts";
import { Heap } from "./heap.ts";
import { instantiate, type WasmKernels } from "./instance.ts";
import type { MemoryLimits, MemoryStats } from "./limits.ts";
import type { Kernel, RowSplit } from "./threads/split.ts";
import { TileChoice } from "./tile-choice.ts";

interface Backend extends Device {
  readonly heap: Heap;
  readonly fallbacks: Map<string, number>;
  readonly engine: DeviceEngine;
}

/** The engine of the device, in which threads take the place of kernels. */
export interface DeviceEngine extends Engine {
  kernels: WasmKernels;
  threads: number;
  /** The op that runs, for the errors of threads. */
  running: string;
  /** The loop with its large calls spread over threads, where there are any. */
  splitLoop: ((run: Kernel, bytes: Uint8Array, split: RowSplit) => Kernel) | undefined;
}

let backend: Backend | undefined;

/** The WebAssembly device, started on first use; undefined where the engine has no SIMD. */
export function wasm(): Device | undefined {
  return wasmBackend();
}

/** The same, with what threads need of it. */
export function wasmBackend(): Backend | undefined {
  backend ??= start();
  return backend;
}

/**
 * What tensors hold in WebAssembly memory, at most and now, its budget, and what was moved out and copied back, in bytes;
 * undefined before the first tensor there.
 *
 * @example
 * const x = zeros([1024], { device: "wasm" });
 * memoryStats().live >= 4 * x.size; // => true
 */
export const memoryStats = (): MemoryStats | undefined => backend?.heap.stats();

/**
 * Limits what tensors hold in WebAssembly memory from now on. Beyond the budget the tensors not used for longest move out
 * to ordinary arrays, and come back when an op needs them; if much comes back, the budget grows, up to the ceiling.
 *
 * Errors: a limit outside 1 MiB to 4 GiB, a budget above the ceiling; later an op whose operands do not fit the ceiling.
 *
 * @example
 * limitMemory({ budget: 32 * 2 ** 20, ceiling: 2 ** 30 });
 * memoryStats()?.budget; // => 33554432
 */
export function limitMemory(limits: MemoryLimits): void {
  wasmBackend()?.heap.limit(limits);
}

/** How often each op ran on the reference loops because WebAssembly has no kernel for its operands. */
export const wasmFallbacks = (): ReadonlyMap<string, number> => backend?.fallbacks ?? new Map();

class WasmStorage extends Storage {
  declare readonly device: Backend;
  #block: Block;

  constructor(device: Backend, dtype: DType, size: number, data?: TypedArray) {
    super(device, dtype, size);
    const { heap } = device;
    this.#block = data === undefined ? heap.allocate(dtype, size, this) : heap.upload(dtype, data, this);
  }

  /** Throws after `dispose`. */
  get block(): Block {
    if (this.#block === gone) throw givenBack();
    return this.#block;
  }

  get data(): TypedArray {
    return this.device.heap.data(this.block);
  }

  get disposed(): boolean {
    return this.#block === gone;
  }

  dispose(): void {
    if (this.disposed) return;
    this.device.heap.free(this.#block);
    this.#block = gone;
  }
}

/** Of all storages that were given back: their own blocks may be others' by then. */
const gone = new Block("uint8", 0);

function start(): Backend | undefined {
  const heap = new Heap();
  const kernels = instantiate(heap.memory);
  if (kernels === undefined) return undefined;
  const fallbacks = new Map<string, number>();
  const engine = makeEngine(heap, kernels);
  const device: Backend = {
    name: "wasm",
    heap,
    engine,
    fallbacks,
    allocate: (dtype, size) => new WasmStorage(device, dtype, size),
    upload: (dtype, data) => new WasmStorage(device, dtype, data.length, data),
    read: async (storage) => storage.data.slice(),
    run(op, inputs, output, attrs) {
      const kernel = op.wasm;
      if (kernel?.supports(inputs, output, attrs) && holdAll(heap, inputs, output)) {
        engine.running = op.name;
        kernel.run(inputs, output, attrs, engine);
        return;
      }
      fallbacks.set(op.name, (fallbacks.get(op.name) ?? 0) + 1);
      op.reference(inputs, output, attrs);
    },
    runUpdates({ name, wasm: kernel }, inputs, targets, params) {
      const operands = [...inputs, ...targets];
      const rows = kernel.rowsOf(operands);
      if (rows === undefined || !holdAll(heap, operands, targets[0] as Tensor)) return false;
      engine.running = name;
      kernel.run(rows, operands, params, engine);
      return true;
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
  return heap.hold(storage.block, storage);
}

function makeEngine(heap: Heap, kernels: WasmKernels): DeviceEngine {
  const tiles = new TileChoice();
  return {
    kernels,
    threads: 1,
    running: "",
    splitLoop: undefined,
    get memory(): WebAssembly.Memory {
      return heap.memory;
    },
    get isShared(): boolean {
      return heap.isShared;
    },
    loop(bytes, split) {
      const env = { memory: heap.memory, ...wasmImports };
      const run = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env }).exports["run"] as Kernel;
      return this.splitLoop?.(run, bytes, split) ?? run;
    },
    address({ storage, offset }) {
      const { address, dtype } = (storage as WasmStorage).block;
      return offset === 0 ? address : address + offset * bytesPerElement[dtype];
    },
    withScratch: (bytes, body) => heap.withScratch(bytes, body),
    multiplies(multiplyAdds) {
      tiles.add(multiplyAdds, this);
    },
    copyStrided({ address, strides }, shape, to, bytes = 4) {
      const { rank, tables } = writeTables(heap.memory, shape, [strides]);
      if (bytes === 4) this.kernels.copyStrided(address, to, rank, tables, tables + 4 * rank);
      else this.kernels.copyStridedBytes(address, to, rank, tables, tables + 4 * rank);
    },
    between(dtype, shape, from, to) {
      const { rank, tables } = writeTables(heap.memory, shape, [from.strides, to.strides]);
      const copy = bytesPerElement[dtype] === 1 ? this.kernels.copyBytesBetween : this.kernels.copyBetween;
      copy(from.address, to.address, rank, tables, tables + 4 * rank, tables + 8 * rank);
    },
    addBetween(shape, from, to) {
      const { rank, tables } = writeTables(heap.memory, shape, [from.strides, to.strides]);
      this.kernels.addBetween(from.address, to.address, rank, tables, tables + 4 * rank, tables + 8 * rank);
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
