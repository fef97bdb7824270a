import { join } from "node:path";
import type { Child } from "./child.ts";
import { difference } from "./draw.ts";
import type { LibraryName } from "./libraries.ts";
import { readNumbers, writeInputs } from "./numbers.ts";
import { median, spread } from "./statistics.ts";
import type { Case } from "./suite.ts";

/** What one library did in one case. */
export interface Result {
  /** The library's. */
  readonly name: string;
  /** Undefined where it did not run, or its numbers are wrong. */
  readonly medianMs: number | undefined;
  readonly spread: number | undefined;
  readonly samples: number;
  /** Why there is no time, or a remark on it. */
  readonly remark: string;
}

/** Measured time of a library in a case. */
const budgetMs = { ours: 1800, peers: 700 };
const rounds = 21;
const warmMs = 200;
/** Once a run takes longer than this, one is enough. */
const longRunMs = 600;
/** Loading checks the numbers in up to three runs: after so much time one run more is enough. */
const slowMs = 4000;
const limits = { load: 20_000, run: 15_000 };
const tolerance = 2e-3;

interface Entry {
  readonly name: LibraryName;
  readonly child: Child;
  numbers: Float32Array | undefined;
  remark: string;
  failed: boolean;
  slow: boolean;
  steps: number;
  samplesWanted: number;
  readonly samples: number[];
}

/**
 * Runs one case in every library: the same numbers in, the numbers that come out compared, then timed in turns, so that
 * whatever the machine does meanwhile hits all of them.
 */
export async function measure(
  chosen: Case,
  children: ReadonlyMap<LibraryName, Child>,
  folder: string,
): Promise<Result[]> {
  const files = writeInputs(folder, chosen);
  const entries = [...children].map(
    ([name, child]): Entry => ({
      name,
      child,
      numbers: undefined,
      remark: "",
      failed: false,
      slow: false,
      steps: 1,
      samplesWanted: rounds,
      samples: [],
    }),
  );
  for (const entry of entries) {
    await attempt(entry, async () => {
      const output = join(folder, `${entry.name}.out`);
      const start = performance.now();
      const { differs } = await entry.child.ask({ ask: "load", case: chosen.id, files, output }, limits.load);
      entry.slow = performance.now() - start > slowMs;
      entry.remark = differs;
      if (differs === "") entry.numbers = readNumbers(output);
    });
  }
  compare(entries);
  for (const entry of entries) await attempt(entry, () => warmUp(entry));
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[(i + round) % entries.length] as Entry;
      if (entry.samples.length >= ((round + 1) * entry.samplesWanted) / rounds) continue;
      await attempt(entry, async () => {
        entry.samples.push((await entry.child.ask({ ask: "time", steps: entry.steps }, limits.run)).ms);
      });
    }
  }
  return entries.map(({ name, samples, remark, failed }) => ({
    name,
    medianMs: failed || samples.length === 0 ? undefined : median(samples),
    spread: failed || samples.length === 0 ? undefined : spread(samples),
    samples: samples.length,
    remark,
  }));
}

/** How many steps make a sample, and how many samples fit. */
async function warmUp(entry: Entry): Promise<void> {
  if (entry.slow) {
    entry.samplesWanted = 1;
    return;
  }
  const { ms } = await entry.child.ask({ ask: "warm", forMs: warmMs }, limits.run);
  const budget = entry.name.startsWith("dl") || entry.name === "pytorch" ? budgetMs.ours : budgetMs.peers;
  entry.steps = Math.max(1, Math.round(budget / rounds / ms));
  entry.samplesWanted = ms > longRunMs ? 1 : Math.min(rounds, Math.max(3, Math.round(budget / ms)));
}

/** Against PyTorch's numbers, or ours where it did not run. */
function compare(entries: readonly Entry[]): void {
  const wanted =
    entries.find(({ name, numbers }) => name === "pytorch" && numbers !== undefined)?.numbers ??
    entries.find(({ name }) => name === "dl")?.numbers;
  if (wanted === undefined) return;
  for (const entry of entries) {
    if (entry.failed || entry.numbers === undefined) continue;
    const apart = difference(entry.numbers, wanted);
    if (apart <= tolerance) continue;
    entry.failed = true;
    entry.remark = `wrong numbers: off by ${apart.toExponential(1)} of the largest`;
  }
}

async function attempt(entry: Entry, action: () => Promise<void>): Promise<void> {
  if (entry.failed) return;
  try {
    await action();
  } catch (error) {
    entry.failed = true;
    entry.remark = (error as Error).message.split("\n")[0] ?? "";
  }
}
