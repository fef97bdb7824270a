import { existsSync } from "node:fs";
import { type Device, useDevice } from "@dl/tensor";
import { Largest } from "./largest.ts";
import { type Options, readOptions, UsageError, usage } from "./options.ts";
import { progress } from "./progress.ts";
import { failureList, notCoveredList, outcomeTable, writeJson } from "./report.ts";
import { type Group, groupNames, type Outcome, readGroup, runGroup } from "./run.ts";

async function run(options: Options): Promise<boolean> {
  const groups = await chosenGroups(options);
  await useDevice(options.device === "gpu" ? startGpu() : options.device);
  const total = groups.reduce((count, { cases }) => count + cases.length, 0);
  const bar = progress(total, process.stdout);
  const largest = new Largest();
  const outcomes: Outcome[] = [];
  for (const group of groups)
    outcomes.push(await runGroup(group, { factor: options.factor, onCase: bar.step, largest }));
  bar.stop();
  report(outcomes, options);
  if (options.json !== undefined) await writeJson(options.json, options.device, outcomes, largest.byOp());
  return outcomes.every(({ failures }) => failures.length === 0);
}

/** Loads the GPU only where it is asked for. */
async function startGpu(): Promise<Device> {
  const { gpu } = await import("@dl/tensor/gpu");
  return gpu().catch((error: Error) => {
    throw new UsageError(`conformance: ${error.message}`);
  });
}

async function chosenGroups({ directory, groups }: Options): Promise<Group[]> {
  const known = existsSync(directory) ? await groupNames(directory) : [];
  if (known.length === 0) throw new UsageError(`conformance: no groups of cases in ${directory}`);
  for (const name of groups) {
    if (!known.includes(name)) throw new UsageError(`conformance: no group ${name} (${known.join(", ")})`);
  }
  const chosen = known.filter((name) => groups.length === 0 || groups.includes(name));
  return Promise.all(chosen.map((name) => readGroup(directory, name)));
}

function report(outcomes: readonly Outcome[], { verbose }: Options): void {
  const failures = failureList(outcomes, verbose ? Number.POSITIVE_INFINITY : 20);
  const notCovered = notCoveredList(outcomes);
  if (notCovered !== "") console.log(`not covered: ${notCovered}\n`);
  if (failures !== "") console.log(`${failures}\n`);
  console.log(outcomeTable(outcomes));
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") console.log(usage);
  else if (!(await run(options))) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
