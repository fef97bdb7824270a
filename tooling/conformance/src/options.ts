import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

export interface Options {
  readonly directory: string;
  readonly device: "cpu" | "wasm" | "gpu";
  /** None: all groups of the directory. */
  readonly groups: readonly string[];
  readonly factor: number;
  readonly threads: number;
  /** Run in a headless Chromium instead of here. */
  readonly browser: boolean;
  /** The browser takes the graphics card, not the adapter in software. */
  readonly hardware: boolean;
  readonly json: string | undefined;
  readonly verbose: boolean;
}

export const usage = `conformance: runs cases computed with PyTorch and compares

  --dir DIR          the cases (those of this package)
  --device NAME      cpu, wasm or gpu (cpu)
  --group NAME,…     some groups only; may be given more than once
  --factor X         multiplies the tolerances (1; 10 on the gpu)
  --browser          runs the cases in a headless Chromium; with --device gpu only
  --hardware         lets that Chromium take the graphics card; with --browser only
  --threads N        threads of the wasm device, which share even the smallest work (1)
  --json FILE        writes the numbers of every group and the largest error of every op
  --verbose          lists every failure, not the first 20
  --help             this text`;

/** Thrown for a command line that says something wrong; its message is all a user needs. */
export class UsageError extends Error {}

/** @throws UsageError for an unknown option or a value that makes no sense */
export function readOptions(argv: readonly string[]): Options | "help" {
  const values = parsed(argv);
  if (values.help) return "help";
  const { browser, device, threads } = values;
  const factor = values.factor ?? (device === "gpu" ? "10" : "1");
  if (device !== "cpu" && device !== "wasm" && device !== "gpu") {
    throw new UsageError(`conformance: --device wants cpu, wasm or gpu, not "${device}"`);
  }
  if (!(Number(factor) > 0)) throw new UsageError(`conformance: --factor wants a number above 0, not "${factor}"`);
  if (browser && device !== "gpu") throw new UsageError(`conformance: --browser wants --device gpu, not ${device}`);
  if (values.hardware && !browser) throw new UsageError("conformance: --hardware wants --browser");
  if (!/^([1-9]|[1-5]\d|6[0-4])$/.test(threads)) {
    throw new UsageError(`conformance: --threads wants a whole number from 1 to 64, not "${threads}"`);
  }
  if (threads !== "1" && device !== "wasm")
    throw new UsageError(`conformance: --threads wants --device wasm, not ${device}`);
  return {
    directory: values.dir === undefined ? fileURLToPath(new URL("../data", import.meta.url)) : resolve(values.dir),
    device,
    groups: values.group.flatMap((names) => names.split(",")).filter((name) => name !== ""),
    factor: Number(factor),
    threads: Number(threads),
    browser,
    hardware: values.hardware,
    json: values.json === undefined ? undefined : resolve(values.json),
    verbose: values.verbose,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: argv.filter((word) => word !== "--"),
      options: {
        dir: { type: "string" },
        device: { type: "string", default: "cpu" },
        group: { type: "string", multiple: true, default: [] },
        factor: { type: "string" },
        browser: { type: "boolean", default: false },
        hardware: { type: "boolean", default: false },
        threads: { type: "string", default: "1" },
        json: { type: "string" },
        verbose: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`conformance: ${error instanceof Error ? error.message : String(error)}`);
  }
}
