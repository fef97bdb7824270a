import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Example, examplesInMarkdown, examplesInSource } from "./extract.ts";
import { instrument } from "./instrument.ts";
import { type Exports, exportsOf } from "./names.ts";
import { runExample } from "./run.ts";

const root = join(import.meta.dirname, "../../..");

/** Packages from the lowest floor up: an example finds names in its own package first, then in those before it. */
const packages = ["tensor", "autograd", "data", "io", "metrics", "native", "optim", "layers", "losses", "train"];

/** Runs every example of the packages named on the command line (all of them without a name), and of the READMEs. */
async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const names = new Map<string, Exports>();
  for (const name of packages) names.set(name, await exportsOf(join(root, "packages", name)));
  const problems: string[] = [];
  let count = 0;
  const attempt = async (example: Example, directory: string, moduleOf: (name: string) => string | undefined) => {
    count += 1;
    problems.push(...(await runExample(example, instrument(example, moduleOf), directory)));
  };
  for (const [index, name] of packages.entries()) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const directory = join(root, "packages", name);
    const lower = packages.slice(0, index).reverse();
    for (const file of sourceFiles(join(directory, "src"))) {
      const examples = examplesInSource(readFileSync(file, "utf8"), file.slice(root.length + 1));
      if (examples.length === 0) continue;
      const here = new Set(Object.keys(await import(file)));
      for (const example of examples) {
        await attempt(example, directory, (word) => {
          const own = names.get(name);
          if (own?.main.has(word)) return own.main.get(word);
          if (here.has(word)) return file;
          for (const below of [name, ...lower]) {
            const found = names.get(below)?.all.get(word);
            if (found !== undefined) return found;
          }
          return undefined;
        });
      }
    }
    for (const example of readme(directory)) await attempt(example, import.meta.dirname, () => undefined);
  }
  if (positionals.length === 0) {
    for (const example of [...readme(root), ...pages()]) await attempt(example, import.meta.dirname, () => undefined);
  }
  for (const problem of problems) console.error(problem);
  console.log(`doc-examples: ${count} run, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".generated.ts"))
    .sort()
    .map((path) => join(directory, path));
}

/** The code of the documentation site. */
function pages(): Example[] {
  const site = join(root, "apps/docs");
  return readdirSync(site, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md") && !/node_modules|\.vitepress/.test(path))
    .flatMap((path) => examplesInMarkdown(readFileSync(join(site, path), "utf8"), `apps/docs/${path}`));
}

function readme(directory: string): Example[] {
  return ["README.md", "README.ja.md"]
    .map((name) => join(directory, name))
    .filter((path) => existsSync(path))
    .flatMap((path) => examplesInMarkdown(readFileSync(path, "utf8"), path.slice(root.length + 1)));
}

await main();
