import { batchSummary, type Outcome } from "./batch.ts";
import type { Bilingual, Context, Example } from "./example.ts";
import type { Catalogue } from "./examples.ts";
import { span } from "./figures.ts";
import { writeAtomically } from "./files.ts";
import { choice, type Flags, flagHelp, integer, optionalFile, readFlags, readSwitches, UsageError } from "./flags.ts";
import { type ResultFile, Results, resultText } from "./results.ts";
import { duration, type Progress, progress, type Screen } from "./ui/progress.ts";
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
 * `example` lists the examples, `example NAME --help` the flags of one, `example NAME --epochs 3 …` runs it;
 * `example CHAPTER` runs all of a chapter, `example --all` every one; `--quick` asks them for less work.
 *
 * @returns the exit code: 0; 1 when a claim does not hold or an example throws; 2 for a wrong command line
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
    const names = name === "--all" ? [...examples.chapters.values()].flat() : examples.chapters.get(name);
    if (names !== undefined) return await runMany(name, names, rest, surroundings, print);
    const known = [...examples.chapters.values()].flat();
    if (!known.includes(name)) {
      throw new UsageError(
        `example: there is no example or chapter "${name}" (chapters: ${[...examples.chapters.keys()].join(", ")}; examples: ${known.join(", ")})`,
      );
    }
    const example = await examples.load(name);
    if (rest.includes("--help") || rest.includes("-h")) {
      print(help(example, commonFlags(surroundings)));
      return 0;
    }
    return (await runExample(example, rest, surroundings, print)).code;
  } catch (error) {
    print(textOf(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Runs examples one after another, whatever becomes of each, and closes with a table of all. */
async function runMany(
  who: string,
  names: readonly string[],
  argv: readonly string[],
  surroundings: Surroundings,
  print: (text: string) => void,
): Promise<number> {
  const { rest, switches } = readSwitches(argv);
  const { json, seed, device, threads } = readFlags(
    `example ${who}`,
    rest,
    commonFlags(surroundings),
    surroundings.folder,
  );
  const common = [
    "--seed",
    String(seed),
    "--threads",
    String(threads),
    ...(device === undefined ? [] : ["--device", device]),
    ...(switches.quick ? ["--quick"] : []),
  ];
  const outcomes: Outcome[] = [];
  const files: ResultFile[] = [];
  for (const [i, name] of names.entries()) {
    print(`\n── ${i + 1} of ${names.length} ${"─".repeat(40)}`);
    try {
      const ended = await runExample(await surroundings.examples.load(name), common, surroundings, print);
      outcomes.push({ name, ...ended });
      files.push(ended.file);
    } catch (error) {
      print(textOf(error));
      outcomes.push({ name, code: 1, claimed: 0, broken: [], findings: [], seconds: 0 });
    }
  }
  print(`\n${batchSummary(outcomes)}`);
  if (json !== undefined) print(`results: ${writeAtomically(json, resultText(files))}`);
  return outcomes.some(({ code }) => code !== 0) ? 1 : 0;
}

async function runExample(
  example: Example,
  argv: readonly string[],
  surroundings: Surroundings,
  print: (text: string) => void,
): Promise<Omit<Outcome, "name"> & { readonly file: ResultFile }> {
  const { prepare, folder, screen } = surroundings;
  const common = commonFlags(surroundings);
  const taken = Object.keys(example.flags).find((key) => key in common);
  if (taken !== undefined) throw new Error(`example ${example.name}: every example has the flag "${taken}" already`);
  const now = screen.now ?? Date.now;
  const start = now();
  const { rest, switches } = readSwitches(argv);
  const all = { ...example.flags, ...common };
  const quickly = switches.quick ? example.quick : undefined;
  const given = readFlags(`example ${example.name}`, rest, all, folder, quickly);
  const { seed, device: wanted, threads, json, ...flags } = given;
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
    quick: switches.quick,
    flags,
    log: (text) => (bar === undefined ? print(text) : bar.log(text)),
    progress(total, options) {
      bar?.stop();
      bar = progress(total, options, screen);
      return bar;
    },
    metric: (name, value, shown) => results.metric(name, value, shown),
    claim: (name, value, limit, holds) => results.claim(name, value, limit, holds),
    claimEach: (name, values, limit, holds, digits) =>
      results.claim(name, span(values, digits), limit, values.every(holds)),
    finding: (finding) => void results.findings.push(finding),
  };
  try {
    await example.run(context);
  } finally {
    bar?.stop();
  }
  const seconds = Math.round(now() - start) / 1000;
  const summary = results.summary();
  if (summary !== "") print(summary);
  const file = results.resultFile(example.name, seed, device, seconds);
  if (json !== undefined) print(`results: ${writeAtomically(json, resultText(file))}`);
  const { broken, claimed, findings } = results;
  if (broken.length > 0) print(`does not hold: ${broken.join(", ")}`);
  return { code: broken.length > 0 ? 1 : 0, claimed, broken, findings, seconds, file };
}

function textOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
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

async function listing({ chapters, load }: Catalogue): Promise<string> {
  const parts = ["Usage: example NAME [--help] · example CHAPTER [--quick] · example --all [--quick]"];
  for (const [chapter, names] of chapters) {
    const rows = (await Promise.all(names.map(load))).map(({ name, title, ids, seconds, data }) => [
      `  ${name}`,
      duration(seconds),
      data,
      `${bilingual(title)}${ids.length > 0 ? ` (${ids.join(" ")})` : ""}`,
    ]);
    parts.push(`${chapter}\n${columns(rows)}`);
  }
  return parts.join("\n\n");
}

function help({ name, title, flags }: Example, common: Flags<CommonValues>): string {
  return `${bilingual(title)}\n\nUsage: example ${name}\n${columns([...flagHelp({ ...flags, ...common }), ["--quick", "less work: fewer seeds or steps"]])}`;
}

function bilingual({ en, ja }: Bilingual): string {
  return `${en} · ${ja}`;
}
