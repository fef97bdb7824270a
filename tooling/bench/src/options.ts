import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type LibraryName, names } from "./libraries.ts";
import { type Case, suites } from "./suite.ts";

export interface Options {
  readonly suite: string;
  readonly cases: readonly Case[];
  readonly libraries: readonly LibraryName[];
  /** Of ours and PyTorch. */
  readonly threads: number;
  readonly json: string | undefined;
  readonly html: string;
  readonly profile: boolean;
}

export class UsageError extends Error {}

const peers = names.filter((name) => name !== "dl" && name !== "dl-native");

export const usage = `pnpm bench [options]

  --suite S     ${Object.keys(suites).join(" or ")} (default cpu, and apart after it); gpu has options of its own
  --case A,B    only these cases
  --native      ours with @dl/native too, as dl-native
  --peers A,B   only these libraries beside ours (default ${peers.join(",")};
                dl-128 is ours without V8's vectors of eight floats, PyTorch is there where it is installed)
  --threads N   threads for ours and PyTorch (default 1; the others have one)
  --json F      write rows {case, peer, threads, medianMs}
  --html F      where to write the chart (default reports/bench.html)
  --profile     where our time goes, in each chosen case
  --help        this text
`;

/** Reads the command line; throws a UsageError. */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args);
  const suite = values.suite ?? "cpu";
  const all = suites[suite];
  if (all === undefined) throw new UsageError(`bench: no suite ${suite} (${Object.keys(suites).join(", ")})`);
  return {
    suite,
    cases: values.case === undefined ? all : listed(values.case, Object.values(suites).flat()),
    libraries: librariesOf(values.peers?.split(",") ?? peers, values.native ?? false),
    threads: threadsOf(values.threads ?? "1"),
    json: values.json === undefined ? undefined : resolve(values.json),
    html: resolve(values.html ?? "reports/bench.html"),
    profile: values.profile ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: args.filter((arg) => arg !== "--"),
      options: {
        suite: { type: "string" },
        case: { type: "string" },
        peers: { type: "string" },
        threads: { type: "string" },
        json: { type: "string" },
        html: { type: "string" },
        native: { type: "boolean" },
        profile: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`bench: ${(error as Error).message}`);
  }
}

function threadsOf(text: string): number {
  const threads = Number(text);
  if (Number.isInteger(threads) && threads >= 1 && threads <= 64) return threads;
  throw new UsageError(`bench: --threads wants a whole number from 1 to 64, not "${text}"`);
}

function listed(text: string, known: readonly Case[]): Case[] {
  return text.split(",").map((id) => {
    const found = known.find((each) => each.id === id);
    if (found === undefined) throw new UsageError(`bench: no case ${id} (${known.map(({ id }) => id).join(", ")})`);
    return found;
  });
}

/** Ours, and those wanted, in the order of all. */
function librariesOf(wanted: readonly string[], native: boolean): LibraryName[] {
  for (const name of wanted) {
    if (name !== "" && !names.some((known) => known === name))
      throw new UsageError(`bench: no library ${name} (${names.join(", ")})`);
  }
  return names.filter((name) => name === "dl" || (native && name === "dl-native") || wanted.includes(name));
}
