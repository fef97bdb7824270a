import { existsSync } from "node:fs";
import { setThreads, useDevice } from "@dl/tensor";
import { inBrowser } from "./browser/host.ts";
import type { Executed } from "./executed.ts";
import { groupNames, readGroup } from "./groups.ts";
import { Largest, largestShare } from "./largest.ts";
import { type Options, readOptions, UsageError, usage } from "./options.ts";
import { progress } from "./progress.ts";
import { failureList, lackList, notCoveredList, outcomeTable, type Run, writeJson } from "./report.ts";
import { type Outcome, runGroup } from "./run.ts";

/**
 * Runs the command line; the exit code. `page` is a folder with the bundled script for the browser; without it, it is
 * bundled when it is needed.
 */
export async function command(argv: readonly string[], page?: string): Promise<number> {
  try {
    const options = readOptions(argv);
    if (options !== "help") return (await run(options, page)) ? 0 : 1;
    console.log(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}

async function run(options: Options, page: string | undefined): Promise<boolean> {
  const { device, directory, factor, json } = options;
  const names = await chosenGroups(options);
  const { outcomes, ops, note } = options.browser
    ? await inBrowser({ directory, names, factor, adapter: options.hardware ? "hardware" : "software", page })
    : await here(options, names);
  report(outcomes, options);
  if (note !== "") console.log(`\n${note}; ${factorNote(ops)}`);
  if (json !== undefined) await writeJson(json, device, outcomes, ops);
  return outcomes.every(({ failures }) => failures.length === 0);
}

async function here({ device, directory, factor, threads }: Options, names: readonly string[]): Promise<Run> {
  const groups = await Promise.all(names.map((name) => readGroup(directory, name)));
  const executed = device === "gpu" ? await onGpu() : void (await useDevice(device));
  if (threads > 1) await setThreads(threads, { smallest: 0 });
  const bar = progress(
    groups.reduce((count, { cases }) => count + cases.length, 0),
    process.stdout,
  );
  const largest = new Largest();
  const outcomes: Outcome[] = [];
  for (const group of groups) outcomes.push(await runGroup(group, { factor, onCase: bar.step, largest, executed }));
  bar.stop();
  await setThreads(1);
  return { outcomes, ops: largest.byOp(factor), note: executed === undefined ? "" : executed.note() };
}

/** Loads the GPU only where it is asked for. */
async function onGpu(): Promise<Executed> {
  const { encodersOfNode, startGpu } = await import("./gpu.ts");
  return startGpu(await encodersOfNode()).catch((error: Error) => {
    throw new UsageError(`conformance: ${error.message}`);
  });
}

/** Which ops need more than four times their tolerance. */
function factorNote(ops: Run["ops"]): string {
  const over = Object.entries(ops).flatMap(([op, each]) =>
    largestShare(each) > 4 ? `${op} ${largestShare(each)}` : [],
  );
  return `factors above 4: ${over.length === 0 ? "none" : over.join(", ")}`;
}

async function chosenGroups({ directory, groups }: Options): Promise<string[]> {
  const known = existsSync(directory) ? await groupNames(directory) : [];
  if (known.length === 0) throw new UsageError(`conformance: no groups of cases in ${directory}`);
  for (const name of groups) {
    if (!known.includes(name)) throw new UsageError(`conformance: no group ${name} (${known.join(", ")})`);
  }
  return known.filter((name) => groups.length === 0 || groups.includes(name));
}

function report(outcomes: readonly Outcome[], { verbose }: Options): void {
  const failures = failureList(outcomes, verbose ? Number.POSITIVE_INFINITY : 20);
  const notCovered = notCoveredList(outcomes);
  if (notCovered !== "") console.log(`not covered: ${notCovered}\n`);
  const lacks = lackList(outcomes);
  if (lacks !== "") console.log(`not on the device: ${lacks}\n`);
  if (failures !== "") console.log(`${failures}\n`);
  console.log(outcomeTable(outcomes));
}
