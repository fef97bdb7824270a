import { currentDevice, type Device, manualSeed, setThreads, useDevice } from "@dl/tensor";
import { examplesIn } from "./examples.ts";
import { runCommand, type Settings } from "./runner.ts";

/** What `--device` may name, and how it is taken into use. */
const devices: Readonly<Record<string, () => Promise<Device>>> = {
  cpu: () => useDevice("cpu"),
  wasm: () => useDevice("wasm"),
  gpu: async () => useDevice((await import("@dl/tensor/gpu")).gpu()),
  auto: () => useDevice("auto"),
};

/** The library's own choice. */
const usual = currentDevice();

process.exitCode = await runCommand(process.argv.slice(2), {
  examples: examplesIn(new URL("./examples/", import.meta.url)),
  devices: Object.keys(devices),
  maxThreads: 64,
  prepare,
  // pnpm runs scripts in the package's folder and keeps that of the user here
  folder: process.env["INIT_CWD"] ?? process.cwd(),
  screen: { stream: process.stdout },
});

async function prepare({ seed, device, threads }: Settings): Promise<string> {
  manualSeed(seed);
  await setThreads(threads);
  const use = device === undefined ? undefined : devices[device];
  // an example may use another device; the next one begins with the usual one again
  return (use === undefined ? await useDevice(usual) : await use()).name;
}
