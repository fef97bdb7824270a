import type { Tensor } from "@dl/tensor";
import { isObject, type JsonObject, numberAt } from "../case.ts";
import { Mismatch } from "../compare.ts";

/** What the statistics of a case ask of a tensor. */
export async function checkTensor(what: string, x: Tensor, expected: JsonObject): Promise<void> {
  const values = await x.read();
  if (expected["permutation"] === true) return checkPermutation(what, values);
  const { frequencies } = expected;
  if (Array.isArray(frequencies)) return checkFrequencies(what, values, frequencies.map(Number));
  if (expected["orthogonal"] === true) return checkOrthogonal(what, values, x.shape, numberAt(expected, "gain", 1));
  checkStatistics(what, values, expected);
}

/** @throws Mismatch unless random values are distributed as expected */
export function checkStatistics(what: string, values: ArrayLike<number>, expected: JsonObject): void {
  const list = Array.from(values);
  checkBounds(what, list, expected);
  const allowed = expected["values"];
  if (Array.isArray(allowed)) {
    const stray = list.find((value) => !allowed.some((each) => near(value, Number(each), 1e-5)));
    if (stray !== undefined) throw new Mismatch(`${what}: ${stray} is none of ${allowed.join(", ")}`);
  }
  checkMoments(what, list, expected);
}

/** Every value in [low, high]. */
export function checkBounds(what: string, list: readonly number[], expected: JsonObject): void {
  const low = numberAt(expected, "low", Number.NEGATIVE_INFINITY);
  const high = numberAt(expected, "high", Number.POSITIVE_INFINITY);
  // a bound is rounded to float32 by the library
  const slack = 1e-6 * Math.max(Math.abs(Number.isFinite(low) ? low : 0), Math.abs(Number.isFinite(high) ? high : 0));
  const stray = list.find(
    (value) => value < low - slack || value > high + slack || (value >= high && expected["high_exclusive"] === true),
  );
  if (stray !== undefined) throw new Mismatch(`${what}: ${stray} is outside [${low}, ${high}]`);
  if (expected["integer"] === true && !list.every(Number.isInteger))
    throw new Mismatch(`${what}: not all are integers`);
}

function checkMoments(what: string, list: readonly number[], expected: JsonObject): void {
  const mean = meanOf(list);
  const std = Math.sqrt(meanOf(list.map((value) => (value - mean) ** 2)));
  const wanted = expected["mean"];
  if (
    typeof wanted === "number" &&
    Math.abs(mean - wanted) > (5 * numberAt(expected, "std", std)) / Math.sqrt(list.length)
  ) {
    throw new Mismatch(`${what}: mean ${mean}, expected ${wanted}`);
  }
  const wantedStd = expected["std"];
  if (typeof wantedStd === "number" && Math.abs(std - wantedStd) > 0.08 * wantedStd) {
    throw new Mismatch(`${what}: standard deviation ${std}, expected ${wantedStd}`);
  }
}

/** Every whole number from 0 on, once. */
function checkPermutation(what: string, values: ArrayLike<number>): void {
  const sorted = Array.from(values).sort((a, b) => a - b);
  if (sorted.some((value, i) => value !== i)) throw new Mismatch(`${what}: not a permutation`);
}

/** How often each index occurs, within 5 standard deviations. */
function checkFrequencies(what: string, values: ArrayLike<number>, frequencies: readonly number[]): void {
  const list = Array.from(values);
  for (const [index, p] of frequencies.entries()) {
    const share = list.filter((value) => value === index).length / list.length;
    if (Math.abs(share - p) > 5 * Math.sqrt((p * (1 - p)) / list.length)) {
      throw new Mismatch(`${what}: ${index} has a share of ${share}, expected ${p}`);
    }
  }
}

/** The rows (or columns, the shorter side) of a matrix of `shape[0]` rows are orthogonal and have length `gain`. */
function checkOrthogonal(what: string, values: ArrayLike<number>, shape: readonly number[], gain: number): void {
  const rows = shape[0] ?? 1;
  const columns = values.length / rows;
  const byRow = rows <= columns;
  const count = Math.min(rows, columns);
  const at = (vector: number, i: number): number => values[byRow ? vector * columns + i : i * columns + vector] ?? 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      let product = 0;
      for (let i = 0; i < Math.max(rows, columns); i++) product += at(a, i) * at(b, i);
      const expected = a === b ? gain * gain : 0;
      if (!near(product, expected, 1e-4))
        throw new Mismatch(`${what}: vectors ${a} and ${b} give ${product}, expected ${expected}`);
    }
  }
}

export const meanOf = (list: readonly number[]): number =>
  list.reduce((total, value) => total + value, 0) / list.length;

export const near = (x: number, y: number, distance: number): boolean => Math.abs(x - y) <= distance;

export const statisticsOf = (json: JsonObject): JsonObject => {
  const expected = json["expect_statistics"];
  return isObject(expected) ? expected : {};
};
