import type { Device } from "./devices/device.ts";
import type { DType, TypedArray } from "./dtype.ts";

/**
 * The memory behind a tensor and its views. `version` counts in-place changes, so that a value saved for the backward
 * pass and changed since is noticed.
 */
export abstract class Storage {
  // declared alone: a field would be written twice, as undefined first
  declare readonly device: Device;
  declare readonly dtype: DType;
  /** Number of elements. */
  declare readonly size: number;
  version = 0;
  /** Which `keep` has lifted out of the enclosing scopes. */
  kept = false;
  /** How many of a running backward pass still need it; -1 where it is none of its temporaries. */
  uses = -1;

  constructor(device: Device, dtype: DType, size: number) {
    this.device = device;
    this.dtype = dtype;
    this.size = size;
  }

  /** The elements, for reading and writing. Valid until the next allocation: never to be stored. */
  abstract get data(): TypedArray;

  /** Whether `dispose` was called: the elements are gone. */
  abstract get disposed(): boolean;

  /** Gives the memory back at once. */
  abstract dispose(): void;
}

/** For whoever reads a storage after `dispose`. */
export const givenBack = (): Error => new Error("Tensor: its memory was given back by scope, using or dispose");
