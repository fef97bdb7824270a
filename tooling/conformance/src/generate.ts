import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { useDevice } from "@dl/tensor";
import { gpuInfo } from "@dl/tensor/gpu";
import { groupNames, readGroup } from "./groups.ts";
import { gpuCoverage, gpuPage, staleIn } from "./pages/gpu.ts";
import { largestPage } from "./pages/largest.ts";
import { namesPage } from "./pages/names.ts";
import { oncePage } from "./pages/once.ts";
import { sentencesPage } from "./pages/sentences.ts";
import type { Group } from "./run.ts";

const fileOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Writes the pages that are made from the cases. `--check` writes nothing and says whether those that depend on no machine are fresh. */
async function main(): Promise<void> {
  const { check } = parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
  const directory = fileOf("data");
  const groups = await Promise.all((await groupNames(directory)).map((name) => readGroup(directory, name)));
  useDevice("cpu");
  const pages = {
    "errors.md": await sentencesPage(groups),
    "no-second-derivative.md": oncePage(groups),
    "../../apps/docs/guide/pytorch-names.generated.ts": await namesPage(),
  };
  for (const [name, page] of Object.entries(pages)) {
    if (!check) await writeFile(fileOf(name), page);
    else if ((await readFile(fileOf(name), "utf8").catch(() => "")) !== page) {
      console.error(`conformance: ${name} is out of date: run pnpm --filter @dl/conformance generate`);
      process.exitCode = 1;
    }
  }
  if (!check) await writeFile(fileOf("errors-per-op.md"), await largestPage(groups));
  await gpuPages(groups, check);
}

const gpuFiles = {
  en: "../../apps/docs/guide/gpu-coverage.md",
  ja: "../../apps/docs/ja/guide/gpu-coverage.md",
} as const;

/** The pages of what runs on the GPU: written where there is one, and checked as far as this machine can. */
async function gpuPages(groups: readonly Group[], check: boolean): Promise<void> {
  const info = await gpuInfo();
  if (check) {
    if (!info.available) console.log(`conformance: what runs on the GPU is not checked: ${info.reason}`);
    const page = await readFile(fileOf(gpuFiles.en), "utf8").catch(() => "");
    for (const reason of await staleIn(page, groups, info.available)) {
      console.error(`conformance: ${gpuFiles.en} is out of date: ${reason}`);
      process.exitCode = 1;
    }
  } else if (info.available) {
    const coverage = await gpuCoverage(groups);
    for (const language of ["en", "ja"] as const)
      await writeFile(fileOf(gpuFiles[language]), gpuPage(coverage, language));
  } else console.log(`conformance: the pages of what runs on the GPU are left as they are: ${info.reason}`);
}

await main();
