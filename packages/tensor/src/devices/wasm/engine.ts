import type { Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { WasmKernels } from "./kernels.ts";

/** What an accelerated kernel works with. Addresses are in bytes and hold until the kernel returns. */
export interface Engine {
  readonly kernels: WasmKernels;
  readonly memory: WebAssembly.Memory;
  /** Where a tensor's first element is. */
  address(x: Tensor): number;
  /** Bytes that nobody else uses while `body` runs. */
  withScratch<T>(bytes: number, body: (address: number) => T): T;
  /** Copies elements of 4 bytes, or of 1, from any strides to `to`, packed. */
  copyStrided(from: { readonly address: number; readonly strides: readonly number[] }, shape: Shape, to: number, bytes?: 1 | 4): void;
}
