/**
 * A figure over a stream of batches: `update` takes in a batch, `compute` gives the figure over all since `reset`.
 *
 * The figure is that of all samples at once, however they are divided into batches. `compute` throws a RangeError when
 * there were no samples.
 */
export interface Metric<Inputs extends readonly unknown[], Value> {
  update(...inputs: Inputs): this;
  compute(): Value;
  reset(): void;
}

/** Throws when nothing was taken in. */
export function checkSeen(who: string, samples: number): void {
  if (samples === 0) throw new RangeError(`${who}: needs at least one sample, got none`);
}
