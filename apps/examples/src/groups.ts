/**
 * `values` in `count` groups of neighbours, as equal in size as can be; one each if there are no more than `count`.
 *
 * @example
 * inGroups([1, 2, 3, 4, 5], 2); // => [[1, 2], [3, 4, 5]]
 */
export function inGroups<Item>(values: readonly Item[], count: number): Item[][] {
  const groups = Math.min(count, values.length);
  const border = (i: number): number => Math.floor((i * values.length) / groups);
  return Array.from({ length: groups }, (_, i) => values.slice(border(i), border(i + 1)));
}

/** The arithmetic mean. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
