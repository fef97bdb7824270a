import type { Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { WasmKernels } from "./kernels.ts";

/** What an accelerated kernel works with. Addresses are in bytes and hold until the kernel returns. */
export interface Engine {
  readonly kernels: WasmKernels;
  readonly memory: WebAssembly.Memory;
  /** Where a tensor's first element is. */
  address(x: Tensor): number;
  /** Writes a number where a kernel can read it as a float32; `slot` 0 to 15 tells operands apart. */
  placeNumber(slot: number, value: number): number;
  /** Bytes that nobody else uses while `body` runs. */
  withScratch<T>(bytes: number, body: (address: number) => T): T;
  /** Copies float32 elements of any strides to `to`, packed. */
  copyStrided(from: { readonly address: number; readonly strides: readonly number[] }, shape: Shape, to: number): void;
}
