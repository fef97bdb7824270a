import { broadcastStrides, contiguousStrides, type Shape } from "../../shape.ts";
import { forEachRun } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

/** For each matrix of the broadcast `batch`, which matrix of contiguous `x` it is. */
export function batchIndices(x: Tensor, batch: Shape): number[] {
  const own = x.shape.slice(0, -2);
  const strides = broadcastStrides({ shape: own, strides: contiguousStrides(own), offset: 0 }, batch);
  const found: number[] = [];
  forEachRun(batch, [strides], [0], ([start], [step], length) => {
    for (let i = 0; i < length; i++) found.push((start as number) + i * (step as number));
  });
  return found;
}
