import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Which WebGPU adapter the browser is to offer: one that computes on the CPU, or the graphics card's. */
export type Adapter = "software" | "hardware";

/** Where Chromium is: `CHROME_PATH`, or the first one of the PATH. */
export function findChromium(): string | undefined {
  const { CHROME_PATH, PATH = "" } = process.env;
  if (CHROME_PATH !== undefined) return CHROME_PATH;
  return PATH.split(delimiter)
    .flatMap((directory) => ["chromium", "chromium-browser", "google-chrome"].map((name) => join(directory, name)))
    .find((path) => existsSync(path));
}

/** What is said where there is none. */
export const noChromium = "no Chromium found: install it or set CHROME_PATH";

/** Opens `url` without a window; `profile` is an empty folder for the browser's own files. */
export function launch(chromium: string, url: string, profile: string, adapter: Adapter): ChildProcess {
  return spawn(chromium, [...flags, ...adapterFlags[adapter], `--user-data-dir=${profile}`, url], { stdio: "ignore" });
}

const flags: readonly string[] = [
  "--headless",
  "--remote-debugging-port=0",
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--ignore-gpu-blocklist",
  "--enable-unsafe-webgpu",
  "--enable-features=Vulkan,WebGPU",
  "--disable-gpu-watchdog",
];

const adapterFlags: Readonly<Record<Adapter, readonly string[]>> = {
  software: [
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--use-webgpu-adapter=swiftshader",
  ],
  hardware: ["--use-angle=vulkan", "--disable-vulkan-surface"],
};
