import { shapeText } from "../errors.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import type { Tensor } from "../tensor.ts";
import { zeros } from "./creation.ts";
import { scatter } from "./scatter.ts";

export interface OneHotOptions {
  /** How many classes there are; default one more than the largest index. */
  numClasses?: number | undefined;
}

/**
 * 1 at the place that each index names, 0 elsewhere. Shape `[...]` to `[..., numClasses]`, int32. On the GPU
 * `numClasses` must be given.
 *
 * @example
 * oneHot(tensor([1, 0], { dtype: "int32" })).tolist(); // => [[0, 1], [1, 0]]
 */
export function oneHot(index: Tensor, { numClasses = -1 }: OneHotOptions = {}): Tensor {
  if (index.dtype !== "int32")
    throw new TypeError(`oneHot: index must be int32, got ${index.dtype}: convert with .to("int32")`);
  const { smallest, largest } = rangeOf(index, numClasses);
  const count = numClasses === -1 ? largest + 1 : numClasses;
  if (smallest < 0)
    throw new RangeError(`oneHot: classes must not be negative: got ${smallest} (index ${shapeText(index.shape)})`);
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(
      `oneHot: numClasses must be a whole number from 1 on: got ${count} (index ${shapeText(index.shape)})`,
    );
  if (largest >= count)
    throw new RangeError(`oneHot: class ${largest} needs more than ${count} classes (index ${shapeText(index.shape)})`);
  const cold = zeros([...index.shape, count], { dtype: "int32", device: index.device });
  return scatter(cold, -1, unsqueeze(index, -1), 1);
}

/** Of what can be read at once, or must be. On the GPU `scatter` finds what is out of range, and a later read tells. */
function rangeOf(index: Tensor, numClasses: number): { smallest: number; largest: number } {
  const range = { smallest: 0, largest: -1 };
  if (numClasses !== -1 && index.device.name === "gpu") return range;
  for (const value of index.detach().toArray()) {
    range.largest = Math.max(range.largest, value);
    range.smallest = Math.min(range.smallest, value);
  }
  return range;
}
