import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { loadCheckpoint } from "@dl/io";
import { Linear } from "@dl/layers";
import { Generator } from "@dl/tensor";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "dl-train-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A process of `children/`; what one has compiled the next finds. */
function start(name: string, ...values: readonly string[]): ChildProcess & { readonly stdout: NodeJS.ReadableStream } {
  const program = join(import.meta.dirname, "children", name);
  return spawn(process.execPath, ["--conditions=@dl/source", program, ...values], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled") },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function learn(...values: readonly string[]): Promise<{ signal: string | null; printed: string }> {
  const child = start("learn.ts", ...values);
  const [printed, [, signal]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  return { signal, printed };
}

test("a run killed in epoch 4 of 6 goes on to the bits of one that was not", { timeout: 60_000 }, async () => {
  const whole = await learn(join(folder, "whole"), "0");
  expect(JSON.parse(whole.printed).history).toHaveLength(6);
  expect(await learn(join(folder, "parts"), "0", "4")).toEqual({ signal: "SIGKILL", printed: "" });
  const { run } = await loadCheckpoint(join(folder, "parts"));
  expect(run).toMatchObject({ epoch: 3, step: 15 });
  expect(await learn(join(folder, "parts"), "99")).toEqual(whole);
});

/** Kills `count` processes that keep a model after every step, each at another moment. Returns how many were writing. */
async function killed(path: string, count: number, random: Generator): Promise<number> {
  const model = new Linear(100, 100, { bias: false });
  let [writing, before] = [0, 0];
  for (let i = 0; i < count; i++) {
    const child = start("keep.ts", path);
    await once(child.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, random.uniform53() * 40));
    child.kill("SIGKILL");
    await once(child, "exit");
    if (readdirSync(folder).some((name) => name.startsWith(`${path.slice(folder.length + 1)}.`))) writing++;
    const { run } = await loadCheckpoint(path, { model });
    const { step } = run as { step: number };
    expect(step).toBeGreaterThanOrEqual(before);
    expect(
      model.weight
        .detach()
        .toArray()
        .every((value) => value === -step),
    ).toBe(true);
    before = step;
  }
  expect(before).toBeGreaterThan(count);
  return writing;
}

test("a whole checkpoint is there wherever the process is killed, 50 times", { timeout: 240_000 }, async () => {
  const chains = ["one", "two"].map((name, seed) => killed(join(folder, name), 25, new Generator(seed)));
  const [one = 0, two = 0] = await Promise.all(chains);
  expect(one + two).toBeGreaterThan(0);
});
