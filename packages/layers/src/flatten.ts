import { flatten, type Shape, type Tensor, unflatten } from "@dl/tensor";
import { Module } from "./module.ts";
import { layerText, speakingFor } from "./text.ts";

export interface FlattenOptions {
  /** First dimension that goes into one. Default 1. */
  startDim?: number;
  /** Last dimension that goes into one. Default -1. */
  endDim?: number;
}

/**
 * Makes one dimension of several. Shape `[n, ...]` to `[n, product]` unless told otherwise.
 *
 * @example
 * new Flatten().forward(zeros([2, 3, 4])).shape; // => [2, 12]
 */
export class Flatten extends Module {
  readonly startDim: number;
  readonly endDim: number;

  constructor({ startDim = 1, endDim = -1 }: FlattenOptions = {}) {
    super();
    this.startDim = startDim;
    this.endDim = endDim;
  }

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => flatten(x, { startDim: this.startDim, endDim: this.endDim }));
  }

  override toString(): string {
    return layerText("Flatten", [], { startDim: [this.startDim, 1], endDim: [this.endDim, -1] });
  }
}

/**
 * Makes several dimensions of one: `sizes` of `dim`. Shape `[n, product, ...]` to `[n, ...sizes, ...]` for `dim` 1.
 *
 * @example
 * new Unflatten(1, [3, 4]).forward(zeros([2, 12])).shape; // => [2, 3, 4]
 */
export class Unflatten extends Module {
  readonly dim: number;
  readonly sizes: Shape;

  constructor(dim: number, sizes: Shape) {
    super();
    this.dim = dim;
    this.sizes = sizes;
  }

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => unflatten(x, this.dim, this.sizes));
  }

  override toString(): string {
    return layerText("Unflatten", [this.dim, this.sizes]);
  }
}
