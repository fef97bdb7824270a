import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openPage } from "@dl/browser";
import { UsageError } from "../options.ts";
import { report } from "../report.ts";
import { gpuSuite } from "../suite.ts";
import { factor, meanRatio, type Row, remarks, resultTable } from "../table.ts";
import { dl } from "./dl.ts";
import { type GpuRun, runOnGpu } from "./run.ts";

/** The script that runs in the page. */
export const pageEntry: string = fileURLToPath(new URL("./page.ts", import.meta.url));

export const gpuUsage = `pnpm bench --suite gpu [options]

  --case A,B    only these cases (${gpuSuite.map(({ id }) => id).join(",")})
  --peers A,B   only these libraries beside ours (tfjs-webgpu,tfjs-webgl,jax-js)
  --hardware    the graphics card's driver in Chromium, not the one in software
  --node        ours alone, in Node instead of in Chromium
  --json F      write rows {case, peer, adapter, medianMs, spread}
  --html F      where to write the chart (default reports/bench-gpu.html)
`;

/**
 * Runs the suite `gpu`; true if ours ran in every case. `page` is a folder with the bundled script; without it, it is
 * bundled now.
 */
export async function gpuMain(argv: readonly string[], page?: string): Promise<boolean> {
  const values = read(argv);
  const ids = idsOf(values.case);
  const run = values.node
    ? await runOnGpu(ids, [dl], console.log)
    : await inChromium(ids, values.peers, values.hardware, page);
  const heading = [...run.heading, `machine: ${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores`];
  const rows = rowsOf(run);
  const names = ["dl", ...peerNames];
  console.log(`\n${heading.join("\n")}\n\n${resultTable(rows, names)}`);
  for (const line of remarks(rows)) console.log(line);
  for (const name of peerNames) {
    const mean = meanRatio(rows, name);
    if (mean !== undefined)
      console.log(`geometric mean of our time: ${factor(mean.mean)} × ${name} (${mean.cases} cases)`);
  }
  const html = resolve(values.html);
  mkdirSync(dirname(html), { recursive: true });
  writeFileSync(html, report(heading, [{ title: "gpu", rows }], { where: "the GPU", names }));
  console.log(`chart: ${html}`);
  if (values.json !== undefined) writeJson(resolve(values.json), run);
  return rows.every(({ results }) => results.some(({ name, medianMs }) => name === "dl" && medianMs !== undefined));
}

const peerNames = ["tfjs-webgpu", "tfjs-webgl", "jax-js"] as const;

async function inChromium(
  ids: readonly string[],
  peers: string,
  hardware: boolean,
  bundled: string | undefined,
): Promise<GpuRun> {
  const folder = bundled ?? mkdtempSync(join(tmpdir(), "dl-bench-gpu-"));
  try {
    if (bundled === undefined) await (await import("@dl/browser/bundle")).bundlePage(pageEntry, folder);
    const answer = await openPage({
      folders: { page: folder },
      settings: { cases: ids.join(), peers },
      adapter: hardware ? "hardware" : "software",
      onLine: console.log,
      silenceMs: 600_000,
    });
    return JSON.parse(String(answer)) as GpuRun;
  } finally {
    if (bundled === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function read(argv: readonly string[]) {
  try {
    return parseArgs({
      args: argv.filter((word) => word !== "--"),
      options: {
        suite: { type: "string" },
        case: { type: "string" },
        peers: { type: "string", default: peerNames.join() },
        hardware: { type: "boolean", default: false },
        node: { type: "boolean", default: false },
        json: { type: "string" },
        html: { type: "string", default: "reports/bench-gpu.html" },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`bench: ${(error as Error).message}`);
  }
}

function idsOf(text: string | undefined): string[] {
  const known = gpuSuite.map(({ id }) => id);
  const wanted = text?.split(",") ?? known;
  const unknown = wanted.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`bench: no case ${unknown} in the suite gpu (${known.join(", ")})`);
  return wanted;
}

const rowsOf = ({ rows }: GpuRun): Row[] =>
  gpuSuite.flatMap((each) =>
    rows.filter(({ id }) => id === each.id).map(({ results }) => ({ case: { ...each, target: undefined }, results })),
  );

function writeJson(file: string, { heading: [adapter = ""], rows }: GpuRun): void {
  const entries = rows.flatMap(({ id, results }) =>
    results.map(({ name, medianMs, spread, remark }) => ({
      case: id,
      peer: name,
      adapter: adapter.replace("adapter: ", ""),
      medianMs: medianMs ?? null,
      spread: spread ?? null,
      ...(remark !== "" && { remark }),
    })),
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `[\n${entries.map((entry) => `  ${JSON.stringify(entry)}`).join(",\n")}\n]\n`);
}
