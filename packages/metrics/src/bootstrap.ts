import { defaultGenerator, type Generator, indexSelect, operandsText, scope, type Tensor, tensor } from "@dl/tensor";
import { readClasses } from "./classes.ts";

export interface BootstrapOptions {
  /** How many times the samples are drawn again. Default 1000. */
  resamples?: number;
  /** How much of the distribution lies within the interval. Default 0.95. */
  confidence?: number;
  /** Classes `[n]`: each is drawn as often as it occurs, so that none is ever missing. */
  strata?: Tensor;
  /** Where the draws come from. Default the default generator. */
  generator?: Generator;
}

export interface Interval {
  /** The figure of all samples. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation of the figure over the resamples: its standard error. */
  readonly deviation: number;
}

/**
 * A figure with its bootstrap interval: the samples are drawn again with replacement, `metric` is computed of each
 * resample, and the interval holds the middle of what comes out (percentiles, interpolated linearly).
 *
 * - data: tensors `[n, …]`, drawn together; `metric` gets them in this order
 *
 * The same seed gives the same interval.
 * Errors: whatever `metric` throws, such as `auroc` for a resample of one class: use `strata`.
 * Source: Efron and Tibshirani, An introduction to the bootstrap (1993), chapter 13
 *
 * @example
 * const predicted = tensor([1, 0, 1, 1, 0, 1, 0, 0], { dtype: "int32" });
 * const actual = tensor([1, 0, 1, 0, 0, 1, 1, 0], { dtype: "int32" });
 * const interval = bootstrapInterval(accuracy, [predicted, actual], { generator: new Generator(0) });
 * interval.value; // => 0.75
 */
export function bootstrapInterval<D extends Tensor[]>(
  metric: (...data: NoInfer<D>) => number,
  data: readonly [...D],
  { resamples = 1000, confidence = 0.95, strata, generator = defaultGenerator() }: BootstrapOptions = {},
): Interval {
  if (!Number.isInteger(resamples) || resamples < 2) {
    throw new RangeError(`bootstrapInterval: resamples must be a whole number from 2 on, got ${resamples}`);
  }
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`bootstrapInterval: confidence must lie between 0 and 1, got ${confidence}`);
  }
  const groups = groupsOf(lengthOf(data), strata);
  const value = metric(...data);
  const values = Float64Array.from({ length: resamples }, () => {
    const index = drawn(groups, generator);
    const again = (x: Tensor): Tensor => indexSelect(x.detach(), 0, tensor(index, { device: x.device }));
    return scope(() => metric(...(data.map(again) as D)));
  });
  const mean = values.reduce((sum, each) => sum + each, 0) / resamples;
  const spread = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (resamples - 1);
  values.sort();
  const tail = (1 - confidence) / 2;
  return { value, low: quantileOf(values, tail), high: quantileOf(values, 1 - tail), deviation: Math.sqrt(spread) };
}

function lengthOf(data: readonly Tensor[]): number {
  const length = data[0]?.shape[0];
  const named = Object.fromEntries(data.map((x, i) => [`data ${i}`, x]));
  if (length === undefined || length === 0 || data.some(({ shape }) => shape[0] !== length)) {
    throw new RangeError(
      `bootstrapInterval: needs tensors of the same number of samples, at least one ${operandsText(named)}`,
    );
  }
  return length;
}

/** The samples that are drawn for each other. */
function groupsOf(length: number, strata: Tensor | undefined): Int32Array[] {
  const all = Int32Array.from({ length }, (_, i) => i);
  if (strata === undefined) return [all];
  if (strata.ndim !== 1 || strata.size !== length) {
    throw new RangeError(`bootstrapInterval: strata must be [${length}] ${operandsText({ strata })}`);
  }
  const labels = readClasses("bootstrapInterval", "strata", strata);
  return Array.from(new Set(labels), (label) => all.filter((i) => labels[i] === label));
}

function drawn(groups: readonly Int32Array[], generator: Generator): Int32Array {
  return Int32Array.from(
    groups.flatMap((group) =>
      Array.from(group, () => group[Math.floor(generator.uniform53() * group.length)] as number),
    ),
  );
}

/** Of sorted values, interpolated linearly between neighbours. */
function quantileOf(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] as number;
  const above = sorted[Math.ceil(at)] as number;
  return below + (above - below) * (at - Math.floor(at));
}
