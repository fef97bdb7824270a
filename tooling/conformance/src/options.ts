import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

export interface Options {
  readonly directory: string;
  readonly device: "cpu" | "wasm" | "gpu";
  /** None: all groups of the directory. */
  readonly groups: readonly string[];
  readonly factor: number;
  readonly json: string | undefined;
  readonly verbose: boolean;
}

export const usage = `conformance: runs cases computed with PyTorch and compares

  --dir DIR          the cases (those of this package)
  --device NAME      cpu, wasm or gpu (cpu)
  --group NAME,…     some groups only; may be given more than once
  --factor X         multiplies the tolerances (1)
  --threads N        1: cases run one after the other (1)
  --json FILE        writes the numbers of every group and the largest error of every op
  --verbose          lists every failure, not the first 20
  --help             this text`;

/** Thrown for a command line that says something wrong; its message is all a user needs. */
export class UsageError extends Error {}

/** @throws UsageError for an unknown option or a value that makes no sense */
export function readOptions(argv: readonly string[]): Options | "help" {
  const values = parsed(argv);
  if (values.help) return "help";
  const { device, factor, threads } = values;
  if (device !== "cpu" && device !== "wasm" && device !== "gpu") {
    throw new UsageError(`conformance: --device wants cpu, wasm or gpu, not "${device}"`);
  }
  if (!(Number(factor) > 0)) throw new UsageError(`conformance: --factor wants a number above 0, not "${factor}"`);
  if (threads !== "1") throw new UsageError(`conformance: --threads wants 1, not "${threads}"`);
  return {
    directory: values.dir === undefined ? fileURLToPath(new URL("../data", import.meta.url)) : resolve(values.dir),
    device,
    groups: values.group.flatMap((names) => names.split(",")).filter((name) => name !== ""),
    factor: Number(factor),
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
        factor: { type: "string", default: "1" },
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
