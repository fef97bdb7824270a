import type { DType, TypedArray } from "../dtype.ts";
import type { KernelOp } from "../op.ts";
import type { Updates } from "../ops/elementwise/updates.ts";
import type { Storage } from "../storage.ts";
import type { Tensor } from "../tensor.ts";

export type DeviceName = "cpu" | "wasm" | "gpu";

/** Where tensors live and ops run. */
export interface Device {
  readonly name: DeviceName;
  /** Memory for `size` elements, contents undefined. */
  allocate(dtype: DType, size: number): Storage;
  /** A copy of `data`. */
  upload(dtype: DType, data: TypedArray): Storage;
  /** Writes `value` to every element of a contiguous tensor. Absent where `storage.data` is written. */
  fill?(x: Tensor, value: number): void;
  /** A copy of the elements, once all work on them is done. */
  read(storage: Storage): Promise<TypedArray>;
  /** Computes `op` into `output`, which is contiguous. */
  run<A>(op: KernelOp<A>, inputs: readonly Tensor[], output: Tensor, attrs: A): void;
  /** Computes several formulas into `targets` in one pass. False, with nothing done, where it cannot for these operands. */
  runUpdates?(
    updates: Updates,
    inputs: readonly Tensor[],
    targets: readonly Tensor[],
    params: readonly number[],
  ): boolean;
}
