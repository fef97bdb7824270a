import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Child } from "./child.ts";
import { gpuMain, gpuUsage } from "./gpu/main.ts";
import { commands, findPyTorch, type LibraryName } from "./libraries.ts";
import { measure } from "./measure.ts";
import { writeInputs } from "./numbers.ts";
import { type Options, readOptions, UsageError, usage } from "./options.ts";
import { report } from "./report.ts";
import { apart, type Case, suite } from "./suite.ts";
import { meanRatio, medianOf, milliseconds, type Row, ratio, remarks, resultTable } from "./table.ts";

interface Library {
  readonly child: Child;
  readonly versions: string;
  readonly threads: number;
}

async function main(options: Options): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "dl-bench-"));
  const pytorch = options.libraries.includes("pytorch") ? findPyTorch() : { python: undefined, why: "not asked for" };
  const found = commands(pytorch.python, options.threads);
  const libraries = new Map<LibraryName, Library>();
  try {
    for (const name of options.libraries) {
      const command = found.get(name);
      if (command === undefined) continue;
      const child = new Child(command);
      libraries.set(name, { child, ...(await child.ask({ ask: "hello" }, 60_000)) });
    }
    const heading = headingOf(libraries, pytorch.why);
    console.log(heading.slice(1).join("\n"));
    if (options.profile) {
      await printProfiles(options.cases, libraries, folder);
      return true;
    }
    const rows = await run(options.cases, libraries, folder);
    const whole = options.cases === suite;
    const others = whole ? await run(apart, only(libraries, ["dl", "pytorch"]), folder) : [];
    const lists = [{ rows, title: options.suite }, ...(whole ? [{ rows: others, title: "apart" }] : [])];
    for (const { rows, title } of lists) {
      console.log(`\n${heading[0]}\n${title}\n${resultTable(rows)}`);
      for (const line of remarks(rows)) console.log(line);
    }
    console.log(summary(rows));
    mkdirSync(dirname(options.html), { recursive: true });
    writeFileSync(options.html, report(heading, lists));
    console.log(`chart: ${options.html}`);
    if (options.json !== undefined) writeJson(options.json, rows, libraries, options.libraries);
    return rows.every(({ results }) => !results.some(({ name, medianMs }) => name === "dl" && medianMs === undefined));
  } finally {
    for (const { child } of libraries.values()) child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(
  cases: readonly Case[],
  libraries: ReadonlyMap<LibraryName, Library>,
  folder: string,
): Promise<Row[]> {
  const children = new Map([...libraries].map(([name, { child }]) => [name, child] as const));
  const rows: Row[] = [];
  for (const each of cases) {
    const row: Row = { case: each, results: await measure(each, children, folder) };
    rows.push(row);
    const times = [...libraries.keys()].map((name) => `${name} ${milliseconds(medianOf(row.results, name))}`);
    console.log(`${each.id.padEnd(14)} ${times.join("  ")}`);
  }
  return rows;
}

const only = (libraries: ReadonlyMap<LibraryName, Library>, names: readonly LibraryName[]) =>
  new Map([...libraries].filter(([name]) => names.includes(name)));

/** First whether PyTorch ran, then machine and versions. */
function headingOf(libraries: ReadonlyMap<LibraryName, Library>, why: string): string[] {
  const pytorch = libraries.get("pytorch");
  return [
    pytorch === undefined
      ? `PyTorch did not run: ${why}`
      : `PyTorch ran: ${pytorch.versions}, ${pytorch.threads} thread${pytorch.threads === 1 ? "" : "s"}`,
    `machine: ${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores`,
    ...[...libraries].map(([name, { versions, threads }]) => `${name}: ${versions}, threads: ${threads}`),
  ];
}

function summary(rows: readonly Row[]): string {
  const against = (["pytorch", "tfjs-wasm", "jax-js"] as const).flatMap((name) => {
    const result = meanRatio(rows, name);
    return result === undefined ? [] : [`${result.mean.toFixed(2)} × ${name} (${result.cases} cases)`];
  });
  const slower = (["tfjs-wasm", "jax-js"] as const).flatMap((name) =>
    rows.filter((row) => (ratio(row, name) ?? 0) > 1.05).map((row) => `${row.case.id} (${name})`),
  );
  const variants = (["dl-128", "dl-native"] as const).flatMap((name) => {
    const result = meanRatio(rows, "pytorch", name);
    return result === undefined ? [] : [`${name}: ${result.mean.toFixed(2)} × pytorch (${result.cases} cases)`];
  });
  return [
    ...(against.length === 0 ? [] : [`geometric mean of our time: ${against.join(", ")}`]),
    ...variants,
    `slower than tfjs-wasm or jax-js by more than 5 %: ${slower.length === 0 ? "none" : slower.join(", ")}`,
  ].join("\n");
}

function writeJson(
  file: string,
  rows: readonly Row[],
  libraries: ReadonlyMap<LibraryName, Library>,
  names: readonly LibraryName[],
): void {
  const entries = rows.flatMap(({ case: { id }, results }) =>
    names.map((peer) => ({
      case: id,
      peer,
      threads: libraries.get(peer)?.threads ?? 1,
      medianMs: medianOf(results, peer) ?? null,
    })),
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `[\n${entries.map((entry) => `  ${JSON.stringify(entry)}`).join(",\n")}\n]\n`);
}

async function printProfiles(
  cases: readonly Case[],
  libraries: ReadonlyMap<LibraryName, Library>,
  folder: string,
): Promise<void> {
  const child = libraries.get("dl")?.child;
  if (child === undefined) return;
  for (const each of cases) {
    const files = writeInputs(folder, each);
    await child.ask({ ask: "load", case: each.id, files, output: join(folder, "dl.out") }, 60_000);
    const { ms } = await child.ask({ ask: "warm", forMs: 500 }, 60_000);
    const { lines } = await child.ask({ ask: "profile", forMs: 1500 }, 60_000);
    console.log(`\n${each.id}: ${milliseconds(ms)} ms\n${lines.join("\n")}`);
  }
}

const args = process.argv.slice(2);
const forGpu = /--suite[ =]gpu\b/.test(args.join(" "));
const ownUsage = forGpu ? gpuUsage : usage;
try {
  if (args.includes("--help")) console.log(ownUsage);
  else process.exitCode = (await (forGpu ? gpuMain(args) : main(readOptions(args)))) ? 0 : 1;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${ownUsage}`);
  process.exitCode = 2;
}
