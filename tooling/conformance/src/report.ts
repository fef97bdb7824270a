import { rename, writeFile } from "node:fs/promises";
import type { OpDifferences } from "./largest.ts";
import { notCoveredCount, type Outcome } from "./run.ts";

/** One line per group with its numbers, and the totals. */
export function outcomeTable(outcomes: readonly Outcome[]): string {
  const lines = outcomes.map((outcome) => [outcome.name, ...numbersOf(outcome)] as const);
  const totals = [1, 2, 3].map((column) => lines.reduce((total, line) => total + Number(line[column]), 0));
  const rows = [["group", "passed", "failed", "not covered"], ...lines, ["all", ...totals]];
  const wide = Math.max(...rows.map(([name]) => String(name).length));
  return rows
    .map(([name, ...numbers]) => String(name).padEnd(wide) + numbers.map((each) => String(each).padStart(13)).join(""))
    .join("\n");
}

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

/** Writes the numbers whole or not at all. */
export async function writeJson(
  file: string,
  device: string,
  outcomes: readonly Outcome[],
  ops: Readonly<Record<string, OpDifferences>>,
): Promise<void> {
  const groups = Object.fromEntries(
    outcomes.map((outcome) => {
      const [passed, failed, notCovered] = numbersOf(outcome);
      return [outcome.name, { passed, failed, notCovered }];
    }),
  );
  await writeFile(`${file}.part`, `${JSON.stringify({ device, groups, ops }, null, 2)}\n`);
  await rename(`${file}.part`, file);
}

const numbersOf = (outcome: Outcome): [number, number, number] => [
  outcome.passed,
  outcome.failures.length,
  notCoveredCount(outcome),
];
