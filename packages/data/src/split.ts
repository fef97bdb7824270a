import { defaultGenerator, type Generator, randperm, scope } from "@dl/tensor";
import { type Dataset, Subset } from "./dataset.ts";

export interface SplitOptions {
  /** Samples for testing: a part of all (below 1, rounded up) or a number. Default 0.25. */
  readonly test?: number;
  /** Samples for validation, likewise. Default 0. */
  readonly validation?: number;
  /** A class for each sample: every part has the same shares of them, as far as whole numbers allow. */
  readonly stratify?: ArrayLike<number | string>;
  readonly generator?: Generator;
}

/** What each part holds. */
export interface Split<P> {
  readonly train: P;
  readonly validation: P;
  readonly test: P;
}

/**
 * A data set in three parts without common samples, in random order. The lengths are those of scikit-learn's
 * `train_test_split`.
 *
 * Errors: parts that leave nothing to train with; with `stratify` a class with fewer samples than there are parts.
 * Source: https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.train_test_split.html
 *
 * @example
 * const data = new TensorDataset(arange(10), tensor([0, 0, 0, 0, 0, 0, 0, 0, 1, 1]));
 * const { train, test } = trainTestSplit(data, { test: 0.5, stratify: data.tensors[1].toArray() });
 * [train.length, test.length]; // => [5, 5]
 */
export function trainTestSplit<T>(dataset: Dataset<T>, options: SplitOptions = {}): Split<Subset<T>> {
  const { train, validation, test } = splitIndices(dataset.length, options);
  return {
    train: new Subset(dataset, train),
    validation: new Subset(dataset, validation),
    test: new Subset(dataset, test),
  };
}

/**
 * The indices of {@link trainTestSplit}, for tensors that are no data set: `indexSelect(x, 0, tensor(train))`.
 *
 * @example
 * const { train, test } = splitIndices(6, { test: 2, generator: new Generator(0) });
 * [train.length, test.length]; // => [4, 2]
 */
export function splitIndices(
  length: number,
  { test = 0.25, validation = 0, stratify, generator = defaultGenerator() }: SplitOptions = {},
): Split<Int32Array> {
  if (stratify !== undefined && stratify.length !== length)
    throw new RangeError(`trainTestSplit: stratify has ${stratify.length} classes for ${length} samples`);
  const sizes = { test: countOf("test", test, length), validation: countOf("validation", validation, length) };
  const left = length - sizes.test - sizes.validation;
  if (left < 1) {
    throw new RangeError(
      `trainTestSplit: nothing is left to train with: ${sizes.test} for test and ${sizes.validation} for validation of ${length}`,
    );
  }
  const classes = stratify === undefined ? Array<number>(length).fill(0) : Array.from(stratify);
  const counts = new Map<number | string, number>();
  for (const each of classes) counts.set(each, (counts.get(each) ?? 0) + 1);
  if (stratify !== undefined) checkClasses(counts, [...Object.values(sizes), left].filter((size) => size > 0).length);
  const forTest = quotas(counts, sizes.test);
  const rest = new Map([...counts].map(([each, count]) => [each, count - (forTest.get(each) as number)]));
  const forValidation = quotas(rest, sizes.validation);
  const parts: Split<number[]> = { train: [], validation: [], test: [] };
  const order = scope(() => randperm(length, { generator, device: "cpu" }).toArray());
  for (const index of order) {
    const own = classes[index] as number | string;
    const part = takes(forTest, own) ? parts.test : takes(forValidation, own) ? parts.validation : parts.train;
    part.push(index);
  }
  return {
    train: Int32Array.from(parts.train),
    validation: Int32Array.from(parts.validation),
    test: Int32Array.from(parts.test),
  };
}

/** Lowers the quota of a class, where there is any. */
function takes(left: Map<number | string, number>, own: number | string): boolean {
  const quota = left.get(own) as number;
  if (quota > 0) left.set(own, quota - 1);
  return quota > 0;
}

/** `size` samples dealt out to the classes in proportion; what rounding leaves goes to the largest remainders. */
function quotas(counts: ReadonlyMap<number | string, number>, size: number): Map<number | string, number> {
  const total = [...counts.values()].reduce((a, b) => a + b, 0);
  const shares = [...counts].map(([own, count]) => ({ own, exact: (count * size) / total }));
  const dealt = new Map(shares.map(({ own, exact }) => [own, Math.floor(exact)]));
  const left = size - [...dealt.values()].reduce((a, b) => a + b, 0);
  const byRemainder = shares.sort((a, b) => (b.exact % 1) - (a.exact % 1)).slice(0, left);
  for (const { own } of byRemainder) dealt.set(own, (dealt.get(own) as number) + 1);
  return dealt;
}

function countOf(name: string, part: number, length: number): number {
  const count = part < 1 ? Math.ceil(part * length) : part;
  if (!Number.isInteger(count) || count < 0)
    throw new RangeError(`trainTestSplit: ${name} must be a part below 1 or a whole number, got ${part}`);
  return count;
}

function checkClasses(counts: ReadonlyMap<number | string, number>, parts: number): void {
  const rare = [...counts].find(([, count]) => count < parts);
  if (rare !== undefined)
    throw new RangeError(`trainTestSplit: class ${rare[0]} has ${rare[1]} samples for ${parts} parts`);
}
