import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Generator } from "@dl/tensor";
import { expect, it } from "vitest";
import { writeAtomically } from "../../src/files/atomic.ts";
import { folder } from "../folder.ts";

/** Writes one version of a file after the other until it is killed: 2 MiB of the same byte. */
const program = `
  import { writeAtomically } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, "../../src/files/atomic.ts")))};
  process.stdout.write("ready");
  for (let version = 1; ; version = (version % 255) + 1) {
    const chunk = new Uint8Array(2 ** 18).fill(version);
    await writeAtomically("child", process.argv[1], Array.from({ length: 8 }, () => chunk));
  }
`;

it("leaves a whole file wherever the process is killed, 50 times", { timeout: 120_000 }, async () => {
  const directory = folder();
  const path = join(directory, "run.checkpoint");
  const random = new Generator(0);
  let interrupted = 0;
  for (let i = 0; i < 50; i++) {
    const child = spawn(process.execPath, ["--input-type=module", "-e", program, path]);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    await new Promise((resolve) => setTimeout(resolve, random.uniform53() * 40));
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    interrupted += readdirSync(directory).some((name) => name.endsWith(".partial")) ? 1 : 0;
    if (!existsSync(path)) continue;
    const bytes = readFileSync(path);
    expect(bytes.length).toBe(2 ** 21);
    expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
  }
  expect(interrupted).toBeGreaterThan(0);
  await writeAtomically("test", path, [new Uint8Array([1])]);
  expect(readdirSync(directory)).toEqual(["run.checkpoint"]);
});

it("removes only what a killed process left of this file", async () => {
  const directory = folder();
  const mine = `a.${process.pid}-999.partial`;
  for (const name of [mine, "a.4194305-1.partial", "b.4194305-1.partial", "a.notes.partial"])
    writeFileSync(join(directory, name), "");
  await writeAtomically("test", join(directory, "a"), [new Uint8Array(2), new Uint8Array(3)]);
  expect(readdirSync(directory).sort()).toEqual(["a", mine, "a.notes.partial", "b.4194305-1.partial"]);
  expect(readFileSync(join(directory, "a")).length).toBe(5);
});

it("leaves alone what another thread of this process is writing", async () => {
  const directory = folder();
  let partial: string | undefined;
  await writeAtomically(
    "test",
    join(directory, "probe"),
    (function* () {
      [partial] = readdirSync(directory);
      yield new Uint8Array(1);
    })(),
  );
  const next = Number(/-(\d+)\.partial$/.exec(partial ?? "")?.[1]) + 1;
  const theirs = join(directory, `a.${process.pid}-${next}.partial`);
  writeFileSync(theirs, "");
  await expect(writeAtomically("test", join(directory, "a"), [])).rejects.toThrow("test: cannot write");
  expect(existsSync(theirs)).toBe(true);
});

it("writes the same path several times at once", async () => {
  const path = join(folder(), "a");
  await Promise.all(Array.from({ length: 5 }, (_, i) => writeAtomically("test", path, [new Uint8Array(1000).fill(i)])));
  const bytes = readFileSync(path);
  expect([bytes.length, bytes.every((byte) => byte === bytes[0])]).toEqual([1000, true]);
});
