import type { PerDim } from "@dl/tensor";

/** One whole number from `least` on for each of `rank` dimensions. */
export function perDim(who: string, name: string, value: PerDim, rank: number, least: number): readonly number[] {
  const list = typeof value === "number" ? new Array<number>(rank).fill(value) : value;
  if (list.length === rank && list.every((each) => Number.isInteger(each) && each >= least)) return list;
  const text = typeof value === "number" ? String(value) : `[${value.join(", ")}]`;
  throw new RangeError(`${who}: ${name} must be a whole number from ${least} on, or ${rank} of them: got ${text}`);
}

/** How a list of sizes prints: one number where all are the same. */
export const short = (list: readonly number[]): PerDim =>
  list.every((each) => each === list[0]) ? (list[0] ?? list) : list;
