import { currentDevice, manualSeed, useDevice } from "@dl/tensor";
import { examplesIn } from "./examples.ts";
import { runCommand, type Settings } from "./runner.ts";

const devices = ["cpu", "wasm"] as const;

process.exitCode = await runCommand(process.argv.slice(2), {
  examples: examplesIn(new URL("./examples/", import.meta.url)),
  devices,
  maxThreads: 1,
  prepare,
  // pnpm runs scripts in the package's folder and keeps that of the user here
  folder: process.env["INIT_CWD"] ?? process.cwd(),
  screen: { stream: process.stdout },
});

async function prepare({ seed, device: wanted }: Settings): Promise<string> {
  manualSeed(seed);
  const name = devices.find((candidate) => candidate === wanted);
  return (name === undefined ? currentDevice() : await useDevice(name)).name;
}
