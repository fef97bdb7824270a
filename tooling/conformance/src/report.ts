import { rename, writeFile } from "node:fs/promises";
import type { OpDifferences } from "./largest.ts";
import { notCoveredCount, type Outcome } from "./run.ts";

/** What a run of some groups brought. */
export interface Run {
  readonly outcomes: readonly Outcome[];
  readonly ops: Readonly<Record<string, OpDifferences>>;
  /** A last line to print; empty where there is none. */
  readonly note: string;
}

/** One line per group with its numbers, and the totals. */
export function outcomeTable(outcomes: readonly Outcome[]): string {
  const lines = outcomes.map((outcome) => [outcome.name, ...numbersOf(outcome)] as const);
  const heads = ["passed", "failed", "not covered", ...(withLacks(outcomes) ? ["not on device"] : [])];
  const totals = heads.map((_, column) => lines.reduce((total, line) => total + Number(line[column + 1]), 0));
  const rows = [["group", ...heads], ...lines.map((line) => line.slice(0, heads.length + 1)), ["all", ...totals]];
  const wide = Math.max(...rows.map(([name]) => String(name).length));
  return rows
    .map(([name, ...numbers]) => String(name).padEnd(wide) + numbers.map((each) => String(each).padStart(15)).join(""))
    .join("\n");
}

const withLacks = (outcomes: readonly Outcome[]): boolean => outcomes.some(({ lacking }) => lacking.length > 0);

/** The first failures, or all. */
export function failureList(outcomes: readonly Outcome[], most: number): string {
  const failures = outcomes.flatMap(({ failures: each }) => each);
  const shown = failures.slice(0, most).map(({ id, op, reason }) => `${id}  ${op}\n    ${reason}`);
  if (failures.length > most) shown.push(`… and ${failures.length - most} more: --verbose lists all`);
  return shown.join("\n");
}

/** The ops without a row, with their numbers of cases. */
export function notCoveredList(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, number>();
  for (const { notCovered } of outcomes) {
    for (const [op, count] of notCovered) counts.set(op, (counts.get(op) ?? 0) + count);
  }
  return [...counts].map(([op, count]) => `${op} ${count}`).join(", ");
}

/** What the device lacks, with the numbers of cases that need it, most first. */
export function lackList(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, number>();
  for (const { what } of outcomes.flatMap(({ lacking }) => lacking)) counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([what, count]) => `${what} ${count}`)
    .join(", ");
}

/** Writes the numbers whole or not at all. */
export async function writeJson(
  file: string,
  device: string,
  outcomes: readonly Outcome[],
  ops: Readonly<Record<string, OpDifferences>>,
): Promise<void> {
  const groups = Object.fromEntries(
    outcomes.map((outcome) => {
      const [passed, failed, notCovered, notOnDevice] = numbersOf(outcome);
      return [outcome.name, { passed, failed, notCovered, ...(notOnDevice > 0 && { notOnDevice }) }];
    }),
  );
  await writeFile(`${file}.part`, `${JSON.stringify({ device, groups, ops }, null, 2)}\n`);
  await rename(`${file}.part`, file);
}

const numbersOf = (outcome: Outcome): [number, number, number, number] => [
  outcome.passed,
  outcome.failures.length,
  notCoveredCount(outcome),
  outcome.lacking.length,
];
