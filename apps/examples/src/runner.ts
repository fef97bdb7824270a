import type { Bilingual, Context, Example } from "./example.ts";
import type { Catalogue } from "./examples.ts";
import { writeAtomically } from "./files.ts";
import { choice, type Flags, flagHelp, integer, optionalFile, readFlags, UsageError } from "./flags.ts";
import { Results } from "./results.ts";
import { type Progress, progress, type Screen } from "./ui/progress.ts";
import { columns } from "./ui/table.ts";

/** What the command is given from outside. */
interface Surroundings {
  readonly examples: Catalogue;
  /** What `--device` may name. */
  readonly devices: readonly string[];
  /** The most that `--threads` may ask for. */
  readonly maxThreads: number;
  /** Sets seed, device and threads; returns the name of the device that is then in use. */
  prepare(settings: Settings): string | Promise<string>;
  /** Where relative paths start. */
  readonly folder: string;
  readonly screen: Screen;
}

/** The settings that every example takes. */
export interface Settings {
  readonly seed: number;
  /** `undefined`: the library's own choice. */
  readonly device: string | undefined;
  readonly threads: number;
}

/**
 * `example` lists the examples, `example NAME --help` its flags, `example NAME --epochs 3 …` runs it.
 *
 * @returns the exit code: 0; 1 when a claim does not hold or the example throws; 2 for a wrong command line
 */
export async function runCommand(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { examples, screen } = surroundings;
  const print = (text: string): void => void screen.stream.write(`${text}\n`);
  try {
    const [name, ...rest] = argv.filter((word) => word !== "--");
    if (name === undefined || name === "--help" || name === "-h") {
      print(await listing(examples));
      return 0;
    }
    if (!examples.names.includes(name)) {
      throw new UsageError(`example: there is no example "${name}" (there are: ${examples.names.join(", ")})`);
    }
    const example = await examples.load(name);
    if (rest.includes("--help") || rest.includes("-h")) {
      print(help(example, commonFlags(surroundings)));
      return 0;
    }
    return await runExample(example, rest, surroundings, print);
  } catch (error) {
    if (error instanceof UsageError) {
      print(error.message);
      return 2;
    }
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

async function runExample(
  example: Example,
  argv: readonly string[],
  surroundings: Surroundings,
  print: (text: string) => void,
): Promise<number> {
  const { prepare, folder, screen } = surroundings;
  const common = commonFlags(surroundings);
  const taken = Object.keys(example.flags).find((key) => key in common);
  if (taken !== undefined) throw new Error(`example ${example.name}: every example has the flag "${taken}" already`);
  const now = screen.now ?? Date.now;
  const start = now();
  const {
    seed,
    device: wanted,
    threads,
    json,
    ...flags
  } = readFlags(`example ${example.name}`, argv, { ...example.flags, ...common }, folder);
  const device = await prepare({ seed, device: wanted, threads });
  print(`${example.name}: ${bilingual(example.title)}`);
  const settings = Object.entries({ seed, device, threads, ...flags }).filter(([, value]) => value !== undefined);
  print(settings.map(([key, value]) => `${key} ${value}`).join(" · "));

  const results = new Results();
  let bar: Progress | undefined;
  const context: Context = {
    seed,
    device,
    threads,
    flags,
    log: (text) => (bar === undefined ? print(text) : bar.log(text)),
    progress(total, options) {
      bar?.stop();
      bar = progress(total, options, screen);
      return bar;
    },
    metric: (name, value, shown) => results.metric(name, value, shown),
    claim: (name, value, limit, holds) => results.claim(name, value, limit, holds),
  };
  try {
    await example.run(context);
  } finally {
    bar?.stop();
  }
  const seconds = Math.round(now() - start) / 1000;
  const summary = results.summary();
  if (summary !== "") print(summary);
  if (json !== undefined)
    print(`results: ${writeAtomically(json, results.resultFile(example.name, seed, device, seconds))}`);
  if (results.broken.length > 0) print(`does not hold: ${results.broken.join(", ")}`);
  return results.broken.length > 0 ? 1 : 0;
}

interface CommonValues extends Settings {
  readonly json: string | undefined;
}

function commonFlags({ devices, maxThreads }: Surroundings): Flags<CommonValues> {
  return {
    seed: integer(0, "random seed; the same seed gives the same result", { max: Number.MAX_SAFE_INTEGER }),
    device: choice(undefined, devices, "where to compute; the library chooses if left out"),
    threads: integer(1, "threads to compute with", { min: 1, max: maxThreads }),
    json: optionalFile("write metrics and claims there"),
  };
}

async function listing({ names, load }: Catalogue): Promise<string> {
  const rows = (await Promise.all(names.map(load))).map(({ name, title }) => [name, title.en, title.ja]);
  return `Usage: example NAME [--help]\n\n${columns(rows)}`;
}

function help({ name, title, flags }: Example, common: Flags<CommonValues>): string {
  return `${bilingual(title)}\n\nUsage: example ${name}\n${columns(flagHelp({ ...flags, ...common }))}`;
}

function bilingual({ en, ja }: Bilingual): string {
  return `${en} · ${ja}`;
}
