import type { DType } from "../../dtype.ts";
import type { Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { WasmKernels } from "./kernels.ts";
import type { Kernel, RowSplit } from "./threads/split.ts";

/** Where elements are: the first one's byte address, and steps in elements. */
export interface Place {
  readonly address: number;
  readonly strides: readonly number[];
}

/** What an accelerated kernel works with. Addresses are in bytes and hold until the kernel returns. */
export interface Engine {
  /** Other ones when memory or threads change. */
  readonly kernels: WasmKernels;
  readonly memory: WebAssembly.Memory;
  /** How many compute. */
  readonly threads: number;
  /** Whether threads share the memory, as modules that import it must know. */
  readonly isShared: boolean;
  /** Compiles a module that exports `run`; `split` says how threads share a call. Kept by {@link Loops}. */
  loop(bytes: Uint8Array<ArrayBuffer>, split: RowSplit): Kernel;
  /** Where a tensor's first element is. */
  address(x: Tensor): number;
  /** Bytes that nobody else uses while `body` runs. */
  withScratch<T>(bytes: number, body: (address: number) => T): T;
  /** To be told before products and convolutions how many multiply-adds they take; for the choice of tiles. */
  multiplies(multiplyAdds: number): void;
  /** Copies elements of 4 bytes, or of 1, from any strides to `to`, packed. */
  copyStrided(from: Place, shape: Shape, to: number, bytes?: 1 | 4): void;
  /** Copies elements of one type, not float64, from any strides to any strides. */
  between(dtype: DType, shape: Shape, from: Place, to: Place): void;
  /** Adds float32 elements to those of another place. */
  addBetween(shape: Shape, from: Place, to: Place): void;
}
