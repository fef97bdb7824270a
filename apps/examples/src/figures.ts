import { manualSeed } from "@dl/tensor";

/**
 * The least and the greatest of some figures: `.101–.114`, or `1.6–2.3` above 1.
 *
 * @example
 * span([0.1135, 0.101]); // => ".101–.114"
 */
export function span(values: readonly number[], digits = 3): string {
  const [least, greatest] = [Math.min(...values), Math.max(...values)].map((value) => short(value, digits));
  return least === greatest ? String(least) : `${least}–${greatest}`;
}

/** A number with three decimals, without the 0 before the point; very small and very large ones as powers of ten. */
export function short(value: number, digits = 3): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size !== 0 && (size < 0.001 || size >= 1e5)) return value.toExponential(1);
  if (Number.isInteger(value) && size >= 10) return value.toLocaleString("en");
  return value.toFixed(size >= 100 ? 1 : digits).replace(/^(-?)0\./, "$1.");
}

/**
 * What `run` gives for each of `count` seeds, from `first` on, one after another; each begins with `manualSeed`.
 *
 * @example
 * await perSeed(0, 3, (seed) => 10 * seed); // => [0, 10, 20]
 */
export async function perSeed<Result>(
  first: number,
  count: number,
  run: (seed: number) => Result | Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const seed of seedsFrom(first, count)) {
    manualSeed(seed);
    results.push(await run(seed));
  }
  return results;
}

/** The seeds of a run that is repeated: as many as `count`, from the first on. */
export const seedsFrom = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);
