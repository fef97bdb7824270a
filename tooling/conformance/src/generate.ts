import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { useDevice } from "@dl/tensor";
import { largestPage } from "./pages/largest.ts";
import { namesPage } from "./pages/names.ts";
import { oncePage } from "./pages/once.ts";
import { sentencesPage } from "./pages/sentences.ts";
import { groupNames, readGroup } from "./run.ts";

const fileOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** Writes the pages that are made from the cases. `--check` writes nothing and says whether those that depend on no machine are fresh. */
async function main(): Promise<void> {
  const { check } = parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
  const directory = fileOf("data");
  const groups = await Promise.all((await groupNames(directory)).map((name) => readGroup(directory, name)));
  useDevice("cpu");
  const pages = {
    "errors.md": sentencesPage(groups),
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
}

await main();
