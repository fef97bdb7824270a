import type { Finding } from "./example.ts";
import { findingsTable } from "./results.ts";
import { table } from "./ui/table.ts";

/** How one of many examples ended. */
export interface Outcome {
  readonly name: string;
  readonly code: number;
  readonly claimed: number;
  readonly broken: readonly string[];
  readonly findings: readonly Finding[];
  readonly seconds: number;
}

/** The tables that close a run of many examples: the findings of all, then how each example ended. */
export function batchSummary(outcomes: readonly Outcome[]): string {
  const findings = outcomes.flatMap((outcome) => outcome.findings);
  const reproduced = findings.filter((finding) => finding.reproduced).length;
  const failed = outcomes.filter(({ code }) => code !== 0).length;
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
  const parts = [
    ...(findings.length > 0
      ? [findingsTable(findings), `${reproduced} of ${findings.length} described results reproduce`]
      : []),
    table(
      ["example", "claims", "findings", "s", ""],
      outcomes.map((outcome) => [
        outcome.name,
        `${outcome.claimed - outcome.broken.length} of ${outcome.claimed}`,
        outcome.findings.length === 0
          ? ""
          : `${outcome.findings.filter((finding) => finding.reproduced).length} of ${outcome.findings.length}`,
        outcome.seconds.toFixed(1),
        verdict(outcome),
      ]),
      { right: [1, 2, 3] },
    ),
    `${outcomes.length - failed} of ${outcomes.length} examples hold, ${Math.round(seconds)} s`,
  ];
  return parts.join("\n");
}

function verdict({ code, broken }: Outcome): string {
  if (broken.length > 0) return `✗ does not hold: ${broken.join(", ")}`;
  return code === 0 ? "✓" : "✗ failed";
}
