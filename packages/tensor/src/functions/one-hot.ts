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
 * 1 at the place that each index names, 0 elsewhere. Shape `[...]` to `[..., numClasses]`, int32.
 *
 * @example
 * oneHot(tensor([1, 0], { dtype: "int32" })).tolist(); // => [[0, 1], [1, 0]]
 */
export function oneHot(index: Tensor, { numClasses = -1 }: OneHotOptions = {}): Tensor {
  if (index.dtype !== "int32")
    throw new TypeError(`oneHot: index must be int32, got ${index.dtype}: convert with .to("int32")`);
  let largest = -1;
  let smallest = 0;
  for (const value of index.detach().toArray()) {
    largest = Math.max(largest, value);
    smallest = Math.min(smallest, value);
  }
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
