import type { Finding, Value } from "./example.ts";
import { table, wrapped } from "./ui/table.ts";

/** One promise of an example, and whether it was kept. */
interface Claim {
  readonly name: string;
  readonly value: Value;
  readonly limit: Value;
  readonly holds: boolean;
}

/** What `--json FILE` holds. `NaN` and the infinities, which JSON lacks, are written as strings. */
export interface ResultFile {
  readonly example: string;
  readonly seed: number;
  readonly device: string;
  readonly metrics: Readonly<Record<string, number | string>>;
  readonly claims: readonly Claim[];
  readonly findings: readonly Finding[];
  /** From the first line printed to the last. */
  readonly seconds: number;
}

/** What one run of an example has measured and promised so far. */
export class Results {
  readonly #metrics = new Map<string, { readonly value: number; readonly shown: string }>();
  readonly #claims = new Map<string, Claim>();
  readonly findings: Finding[] = [];

  metric(name: string, value: number, shown: string = format(value)): void {
    this.#metrics.set(name, { value, shown });
  }

  claim(name: string, value: Value, limit: Value, holds: boolean): void {
    if (this.#claims.has(name)) throw new Error(`claim: "${name}" is claimed twice`);
    this.#claims.set(name, { name, value, limit, holds });
  }

  get broken(): readonly string[] {
    return [...this.#claims.values()].filter((claim) => !claim.holds).map((claim) => claim.name);
  }

  /** What `--json FILE` holds of this run. */
  resultFile(example: string, seed: number, device: string, seconds: number): ResultFile {
    const metrics = Object.fromEntries([...this.#metrics].map(([name, { value }]) => [name, value]));
    const { findings } = this;
    return { example, seed, device, metrics, claims: [...this.#claims.values()], findings, seconds };
  }

  /** How many claims there are. */
  get claimed(): number {
    return this.#claims.size;
  }

  /** Up to three tables: the metrics, the claims with whether they hold, and the findings. */
  summary(): string {
    const metrics = [...this.#metrics].map(([name, { shown }]) => [name, shown]);
    const claims = [...this.#claims.values()].map(({ name, value, limit, holds }) => [
      name,
      format(value),
      format(limit),
      holds ? "✓" : "✗ does not hold",
    ]);
    const tables: string[] = [];
    if (metrics.length > 0) tables.push(table(["metric", "value"], metrics, { right: [1] }));
    if (claims.length > 0) tables.push(table(["claim", "value", "limit", "holds"], claims, { right: [1, 2] }));
    if (this.findings.length > 0) tables.push(findingsTable(this.findings));
    return tables.join("\n");
  }
}

/** Results as the text of a JSON file. */
export function resultText(results: ResultFile | readonly ResultFile[]): string {
  return `${JSON.stringify(results, nonFiniteAsText, 2)}\n`;
}

/** Described results beside the measured ones. */
export function findingsTable(findings: readonly Finding[]): string {
  return table(
    ["item", "described", "measured", "PyTorch", "criterion", "reproduced"],
    findings.map(({ id, described, measured, reference, criterion, reproduced, why }) => [
      id,
      `${wrapped(described.en, 30)}\n${wrapped(described.ja, 30)}`,
      wrapped(why === undefined ? measured : `${measured} (${why})`, 36),
      wrapped(reference, 30),
      wrapped(criterion, 24),
      reproduced ? "✓" : "✗ no",
    ]),
  );
}

function nonFiniteAsText(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** Six significant digits, thousands apart. */
function format(value: Value): string {
  if (typeof value === "number") {
    return value.toLocaleString("en", { maximumSignificantDigits: Number.isInteger(value) ? 15 : 6 });
  }
  if (typeof value === "object") return `[${value.map(format).join(", ")}]`;
  return String(value);
}
