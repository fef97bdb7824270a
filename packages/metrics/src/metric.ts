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

/** Options that ask for one figure for each class or output. */
export type Apart = { average: "none" };

/** One figure, or one for each class or output: as the options say. */
export type Averaged<O extends { average?: string }> = O extends Apart
  ? number[]
  : "none" extends O["average"]
    ? number | number[]
    : number;

/** Throws when nothing was taken in. */
export function checkSeen(who: string, samples: number): void {
  if (samples === 0) throw new RangeError(`${who}: needs at least one sample, got none`);
}
