import Table from "cli-table3";
import { names } from "./libraries.ts";
import type { Result } from "./measure.ts";
import { geometricMean } from "./statistics.ts";
import type { Case } from "./suite.ts";

/** All results of one case. */
export interface Row {
  readonly case: Case;
  readonly results: readonly Result[];
}

/** Time of ours relative to that library's; undefined where one has none. */
export function ratio({ results }: Row, to: string, of = "dl"): number | undefined {
  const [ours, theirs] = [medianOf(results, of), medianOf(results, to)];
  return ours === undefined || theirs === undefined ? undefined : ours / theirs;
}

export const medianOf = (results: readonly Result[], name: string): number | undefined =>
  results.find((result) => result.name === name)?.medianMs;

/** Geometric mean of our time relative to that library's, and over how many cases. */
export function meanRatio(rows: readonly Row[], to: string, of = "dl"): { mean: number; cases: number } | undefined {
  const ratios = rows.flatMap((row) => ratio(row, to, of) ?? []);
  return ratios.length === 0 ? undefined : { mean: geometricMean(ratios), cases: ratios.length };
}

/** Whether ours is within the aim of the case; undefined where there is none, or no time. */
function onTarget(row: Row): boolean | undefined {
  const reached = ratio(row, "pytorch");
  return row.case.target === undefined || reached === undefined ? undefined : reached <= row.case.target;
}

/** Milliseconds of each library with the spread of ours, and our time relative to each. */
export function resultTable(rows: readonly Row[], shown: readonly string[] = names): string {
  const peers = shown.filter(
    (name) => name !== "dl" && rows.some(({ results }) => medianOf(results, name) !== undefined),
  );
  const table = new Table({
    head: ["case", "dl ms", "±", ...peers.flatMap((name) => [`${name} ms`, "dl /"]), "aim"],
    colAligns: ["left", ...new Array<"right">(3 + 2 * peers.length).fill("right")],
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 1 },
    chars: plain,
  });
  for (const row of rows) {
    const ours = row.results.find(({ name }) => name === "dl");
    table.push([
      row.case.id,
      milliseconds(ours?.medianMs),
      ours?.spread === undefined ? "" : `${(100 * ours.spread).toFixed(0)} %`,
      ...peers.flatMap((name) => [milliseconds(medianOf(row.results, name)), factor(ratio(row, name))]),
      aim(row),
    ]);
  }
  const means = peers.flatMap((name) => ["", factor(meanRatio(rows, name)?.mean)]);
  table.push(["geometric mean", "", "", ...means, ""]);
  return table.toString();
}

/** Why a library has no time in a case, or a remark on it, one line each. */
export function remarks(rows: readonly Row[]): string[] {
  const byText = new Map<string, string[]>();
  for (const {
    case: { id },
    results,
  } of rows) {
    for (const { name, remark } of results) {
      if (remark === "") continue;
      const text = `${name}: ${remark}`;
      byText.set(text, [...(byText.get(text) ?? []), id]);
    }
  }
  return [...byText].map(([text, ids]) => `${text} (${ids.join(", ")})`);
}

export function milliseconds(ms: number | undefined): string {
  if (ms === undefined) return "-";
  return ms < 0.01 ? ms.toFixed(5) : ms < 1 ? ms.toFixed(3) : ms.toPrecision(3);
}

export const factor = (value: number | undefined): string => (value === undefined ? "" : value.toFixed(2));

function aim(row: Row): string {
  const { target } = row.case;
  if (target === undefined) return "";
  const reached = onTarget(row);
  return `${target}${reached === undefined ? "" : reached ? " met" : " MISSED"}`;
}

const plain = Object.fromEntries(
  ["top", "bottom", "mid", "left", "right"].flatMap((side) =>
    ["", "-mid", "-left", "-right"].map((part) => [`${side}${part}`, ""]),
  ),
);
