import { difference } from "../draw.ts";
import type { Result } from "../measure.ts";
import type { Data, Runnable } from "../peers/peer.ts";
import { median, spread } from "../statistics.ts";
import type { GpuPeer } from "./peer.ts";

const rounds = 15;
/** Measured time of a library in a case. */
const budgetMs = 1500;
const warmMs = 300;
/** A sample takes at least this long, so that waiting for the GPU weighs little. */
const sampleMs = 40;
/** WGSL grants functions more room than the CPU's. */
const tolerance = 5e-3;

interface Entry {
  readonly peer: GpuPeer;
  readonly samples: number[];
  runnable: Runnable | undefined;
  remark: string;
  steps: number;
  wanted: number;
}

/**
 * Runs one case in every library: the same numbers in, the numbers that come out compared with ours, then timed in turns
 * within one page, so that whatever the machine does meanwhile hits all of them.
 */
export async function measureOnGpu(id: string, data: Data, peers: readonly GpuPeer[]): Promise<Result[]> {
  const entries = peers.map(
    (peer): Entry => ({ peer, samples: [], runnable: undefined, remark: "", steps: 1, wanted: rounds }),
  );
  let wanted: Float32Array | undefined;
  for (const entry of entries) {
    await attempt(entry, async ({ peer }) => {
      const build = peer.cases[id];
      if (build === undefined) throw new Error("no such op or layer here");
      const runnable = await build(data);
      if (typeof runnable.numbers === "string") throw new Error(runnable.numbers);
      const numbers = Float32Array.from(await runnable.numbers());
      wanted ??= numbers;
      const apart = difference(numbers, wanted);
      if (apart > tolerance) throw new Error(`wrong numbers: off by ${apart.toExponential(1)} of the largest`);
      entry.runnable = runnable;
    });
  }
  const running = entries.filter(({ runnable }) => runnable !== undefined);
  for (const entry of running) await attempt(entry, warmUp);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < running.length; i++) {
      const entry = running[(i + round) % running.length] as Entry;
      if (entry.samples.length >= ((round + 1) * entry.wanted) / rounds) continue;
      await attempt(entry, async () => void entry.samples.push(await time(entry, entry.steps)));
    }
  }
  return entries.map(({ peer: { name }, samples, remark }) => ({
    name,
    medianMs: remark !== "" || samples.length === 0 ? undefined : median(samples),
    spread: remark !== "" || samples.length === 0 ? undefined : spread(samples),
    samples: samples.length,
    remark,
  }));
}

/** How many steps make a sample, and how many samples fit. */
async function warmUp(entry: Entry): Promise<void> {
  const start = performance.now();
  let ms = await time(entry, 1);
  for (let steps = 1; performance.now() - start < warmMs; ms = await time(entry, steps)) {
    steps = Math.max(1, Math.min(2 * steps, Math.round(sampleMs / ms)));
  }
  entry.steps = Math.max(1, Math.round(sampleMs / ms));
  entry.wanted = Math.min(rounds, Math.max(3, Math.round(budgetMs / (entry.steps * ms))));
}

/** Milliseconds per step, with the GPU idle before and after. */
async function time({ peer, runnable }: Entry, steps: number): Promise<number> {
  await peer.settle();
  const start = performance.now();
  for (let i = 0; i < steps; i++) {
    const running = runnable?.run();
    if (running instanceof Promise) await running;
  }
  await peer.settle();
  return (performance.now() - start) / steps;
}

/** A library that fails is left out of the rest, with the reason as a remark. */
async function attempt(entry: Entry, action: (entry: Entry) => Promise<void>): Promise<void> {
  if (entry.remark !== "") return;
  try {
    await entry.peer.start();
    await action(entry);
  } catch (error) {
    entry.remark = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
  }
}
