import {
  defaultGenerator,
  type Generator,
  indexSelect,
  randperm,
  scope,
  select,
  shapeText,
  type Tensor,
  tensor,
} from "@dl/tensor";

/** Samples by number. What `get` returns, also a promise, is one of them. */
export interface Dataset<T> {
  readonly length: number;
  /** `generator` is for what is random in a sample; a `DataLoader` gives every sample of every epoch its own. */
  get(index: number, generator?: Generator): T;
  /** Many samples at once, as the loader would collate them; absent where there is no faster way than one by one. */
  batch?(indices: Int32Array): unknown;
}

/** A tuple of tensors, one for each of `Ts`. */
export type TensorsLike<Ts extends readonly unknown[]> = { -readonly [K in keyof Ts]: Tensor };

/**
 * Samples along the first dimension of tensors: sample i is `[x[i], y[i], …]`.
 *
 * Errors: tensors of different lengths.
 *
 * @example
 * const data = new TensorDataset(tensor([[1, 2], [3, 4]]), tensor([0, 1]));
 * data.get(1).map(String); // => ["tensor([3., 4.])", "tensor(1.)"]
 */
export class TensorDataset<Ts extends readonly Tensor[]> implements Dataset<TensorsLike<Ts>> {
  readonly tensors: Ts;
  readonly length: number;

  constructor(...tensors: Ts) {
    const first = tensors[0];
    if (first === undefined) throw new RangeError("TensorDataset: needs at least one tensor, got none");
    const other = tensors.find(({ shape }) => shape.length === 0 || shape[0] !== first.shape[0]);
    if (other !== undefined) {
      throw new RangeError(
        `TensorDataset: first sizes differ (${shapeText(first.shape)} and ${shapeText(other.shape)})`,
      );
    }
    this.tensors = tensors;
    this.length = first.shape[0] as number;
  }

  get(index: number): TensorsLike<Ts> {
    checkIndex("TensorDataset", index, this.length);
    return this.tensors.map((x) => select(x, 0, index)) as TensorsLike<Ts>;
  }

  /** One `indexSelect` for each tensor. */
  batch(indices: Int32Array): TensorsLike<Ts> {
    return scope(
      () => this.tensors.map((x) => indexSelect(x, 0, tensor(indices, { device: x.device }))) as TensorsLike<Ts>,
    );
  }
}

/**
 * Some samples of a data set.
 *
 * Errors: indices that are not those of samples.
 *
 * @example
 * new Subset(new TensorDataset(tensor([5, 6, 7])), [2, 0]).get(0)[0].item(); // => 7
 */
export class Subset<T> implements Dataset<T> {
  readonly dataset: Dataset<T>;
  readonly indices: Int32Array;
  readonly batch?: (indices: Int32Array) => unknown;

  constructor(dataset: Dataset<T>, indices: ArrayLike<number>) {
    for (const index of Array.from(indices)) checkIndex("Subset", index, dataset.length);
    this.dataset = dataset;
    this.indices = Int32Array.from(indices);
    const whole = dataset.batch?.bind(dataset);
    if (whole !== undefined) this.batch = (chosen) => whole(chosen.map((i) => this.#indexOf(i)));
  }

  get length(): number {
    return this.indices.length;
  }

  get(index: number, generator?: Generator): T {
    return this.dataset.get(this.#indexOf(index), generator);
  }

  #indexOf(index: number): number {
    checkIndex("Subset", index, this.length);
    return this.indices[index] as number;
  }
}

/**
 * Parts without common samples, in random order: `parts` are lengths that add up to the data set's, or fractions that add
 * up to 1. What fractions leave over goes to the first parts, one sample each.
 *
 * The order is that of `torch.utils.data.random_split` with the same seed.
 * Errors: lengths or fractions that do not add up.
 *
 * @example
 * const data = new TensorDataset(tensor([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
 * const [train, test] = randomSplit(data, [0.8, 0.2], { generator: new Generator(0) });
 * [train.length, Array.from(test.indices)]; // => [8, [6, 2]]
 */
export function randomSplit<T>(
  dataset: Dataset<T>,
  parts: readonly number[],
  { generator = defaultGenerator() }: { generator?: Generator } = {},
): Subset<T>[] {
  const lengths = lengthsOf(parts, dataset.length);
  const total = lengths.reduce((a, b) => a + b, 0);
  if (total !== dataset.length) {
    throw new RangeError(
      `randomSplit: lengths must add up to the data set's: ${total} and ${dataset.length} (lengths ${shapeText(lengths)})`,
    );
  }
  const order = scope(() => randperm(total, { generator, device: "cpu" }).toArray());
  let from = 0;
  return lengths.map((length) => {
    from += length;
    return new Subset(dataset, order.subarray(from - length, from));
  });
}

function lengthsOf(parts: readonly number[], total: number): number[] {
  const wrong = parts.find((part) => !(part >= 0));
  if (wrong !== undefined) throw new RangeError(`randomSplit: lengths must be numbers from 0 on, got ${wrong}`);
  const sum = parts.reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    const fraction = parts.find((part) => !Number.isInteger(part));
    if (fraction !== undefined)
      throw new RangeError(`randomSplit: fractions must add up to 1, got ${sum} (fractions ${shapeText(parts)})`);
    return [...parts];
  }
  const lengths = parts.map((part) => Math.floor(total * part));
  const left = total - lengths.reduce((a, b) => a + b, 0);
  for (let i = 0; i < left; i++) lengths[i % lengths.length] = (lengths[i % lengths.length] as number) + 1;
  return lengths;
}

/** Throws unless `index` is that of a sample. */
export function checkIndex(who: string, index: number, length: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= length)
    throw new RangeError(`${who}: index ${index} is out of range for ${length} samples`);
}
