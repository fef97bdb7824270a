import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type LibraryName, names } from "./libraries.ts";
import { type Case, suites } from "./suite.ts";

export interface Options {
  readonly suite: string;
  readonly cases: readonly Case[];
  readonly libraries: readonly LibraryName[];
  readonly json: string | undefined;
  readonly html: string;
  readonly profile: boolean;
}

export class UsageError extends Error {}

export const usage = `pnpm bench [options]

  --suite S     ${Object.keys(suites).join(" or ")} (default cpu, and apart after it)
  --case A,B    only these cases
  --peers A,B   only these libraries beside ours (default ${names.slice(1).join(",")}; PyTorch where it is installed)
  --json F      write rows {case, peer, threads, medianMs}
  --html F      where to write the chart (default reports/bench.html)
  --profile     where our time goes, in each chosen case
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
    libraries: values.peers === undefined ? names : ["dl", ...peersOf(values.peers)],
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
        json: { type: "string" },
        html: { type: "string" },
        profile: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`bench: ${(error as Error).message}`);
  }
}

function listed(text: string, known: readonly Case[]): Case[] {
  return text.split(",").map((id) => {
    const found = known.find((each) => each.id === id);
    if (found === undefined) throw new UsageError(`bench: no case ${id} (${known.map(({ id }) => id).join(", ")})`);
    return found;
  });
}

function peersOf(text: string): LibraryName[] {
  const wanted = text.split(",").filter((name) => name !== "" && name !== "dl");
  for (const name of wanted) {
    if (!names.some((known) => known === name)) throw new UsageError(`bench: no library ${name} (${names.join(", ")})`);
  }
  return names.filter((name) => wanted.includes(name));
}
