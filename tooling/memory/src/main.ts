import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Turn } from "./budget.ts";
import type { Flat } from "./flat.ts";

/** Resident memory at the end relative to that after a tenth of the steps. */
const mostGrowth = 1.2;
/** Time per step within the budget relative to that without one. */
const mostSlowdown = 1.3;
/** Parameters, gradients and Adam's state are so many times the budget to begin with, 64 MiB. */
const sizes = [
  { times: 1.2, layers: 5 },
  { times: 4, layers: 17 },
];
const width = 1000;

/**
 * Trains in synchronous loops, without dispose, and fails if the memory grows; trains models larger than the budget, and
 * fails if they are much slower than with room for everything. Each run is a process of its own.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { steps: { type: "string", default: "10000" } } });
  const steps = Number(values.steps);
  if (!Number.isInteger(steps) || steps < 10)
    throw new RangeError(`memory: --steps must be an integer from 10 up: ${values.steps}`);
  const verdicts: boolean[] = [];
  console.log(`memory: ${steps} synchronous steps; resident MB after a tenth of them and at the end`);
  for (const name of ["MLP", "CNN", "LSTM"]) {
    for (const how of ["plain", "scope"]) verdicts.push(flat(name, how, steps));
  }
  console.log("memory: ms per step with the default budget and with room for everything, in turns");
  for (const { times, layers } of sizes) verdicts.push(await compared(times, layers));
  process.exitCode = verdicts.every(Boolean) ? 0 : 1;
}

function flat(name: string, how: string, steps: number): boolean {
  const printed = execFileSync(
    process.execPath,
    [...flags, ...smallHeap, file("./flat.ts"), name, String(steps), how],
    { encoding: "utf8" },
  );
  const { early, late, seconds, loss, movedOut }: Flat = JSON.parse(printed);
  const ratio = late / early;
  console.log(
    `  ${name.padEnd(5)}${how.padEnd(6)} ${megabytes(early)} → ${megabytes(late)}  ratio ${verdict(ratio, mostGrowth)}` +
      `  moved out ${megabytes(movedOut)}  loss ${loss.toFixed(3)}  ${seconds.toFixed(0)} s`,
  );
  return ratio <= mostGrowth;
}

const rounds = 8;
const stepsInRound = 6;

/** The two take turns from the first step on, so that the time in which the budget grows counts too. */
async function compared(times: number, layers: number): Promise<boolean> {
  const sides = ["default", "unlimited"].map((limit) => {
    const child = fork(file("./budget.ts"), [String(layers), String(width), limit], { execArgv: flags });
    const ended = once(child, "exit").then(([code, signal]) => {
      throw new Error(`memory: the run with limit ${limit} ended early: ${code ?? signal}`);
    });
    return { child, ended, turns: [] as Turn[] };
  });
  try {
    for (let round = 0; round < rounds; round++) {
      for (const { child, turns } of sides) {
        child.send({ steps: stepsInRound });
        const [turn] = (await Promise.race([once(child, "message"), ...sides.map(({ ended }) => ended)])) as [Turn];
        turns.push(turn);
      }
    }
  } finally {
    for (const { child } of sides) child.kill();
  }
  const [limited = [], unlimited = []] = sides.map(({ turns }) => turns);
  const last = limited.at(-1);
  if (last === undefined) throw new Error("memory: no turn was taken");
  const [ours, free] = [limited, unlimited].map((turns) => perStep(turns)) as [number, number];
  const ratio = ours / free;
  console.log(
    `  ${times} times the budget (${last.state.toFixed(0)} MB): ${ours.toFixed(1)} and ${free.toFixed(1)} ms  ratio ` +
      `${verdict(ratio, mostSlowdown)}  first steps ${perStep(limited.slice(0, 1)).toFixed(1)} and ` +
      `${perStep(unlimited.slice(0, 1)).toFixed(1)} ms  budget ${last.budget.toFixed(0)} MB in the end  copied back ` +
      `${last.copiedBack.toFixed(0)} MB`,
  );
  const same = last.loss === unlimited.at(-1)?.loss;
  if (!same) console.log(`  the losses differ: ${last.loss} and ${unlimited.at(-1)?.loss}`);
  return same && ratio <= mostSlowdown;
}

const perStep = (turns: readonly Turn[]): number =>
  turns.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / (turns.length * stepsInRound);

const megabytes = (value: number): string => `${value.toFixed(0).padStart(5)} MB`;

const verdict = (ratio: number, limit: number): string =>
  `${ratio.toFixed(2)}, ${ratio <= limit ? "within" : "OVER"} ${limit}`;

const flags = ["--conditions=@dl/source"];

/**
 * V8's heap stays small, its young generation has its full size from the start: how late V8 collects is not measured here.
 * JavaScript objects that pile up end such a run with an error.
 */
const smallHeap = ["--min-semi-space-size=32", "--max-old-space-size=64"];

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

await main();
