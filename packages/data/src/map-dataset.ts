import { defaultGenerator, type Generator } from "@dl/tensor";
import type { Dataset } from "./dataset.ts";

/**
 * A data set whose samples are those of another, changed. `change` receives the sample's generator, for what is random.
 *
 * @example
 * const images = new TensorDataset(ones([4, 1, 8, 8]));
 * const augmented = mapDataset(images, ([x], generator) => randomCrop({ size: 6 })(x, generator));
 * augmented.get(0).shape; // => [1, 6, 6]
 */
export function mapDataset<T, U>(dataset: Dataset<T>, change: (sample: T, generator: Generator) => U): Dataset<U> {
  return {
    get length() {
      return dataset.length;
    },
    get: (index, generator = defaultGenerator()) => change(dataset.get(index, generator), generator),
  };
}
