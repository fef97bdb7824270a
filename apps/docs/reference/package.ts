import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { PackageName } from "../.vitepress/packages.ts";
import { entryText } from "./entry.ts";

const packages = fileURLToPath(new URL("../../../packages", import.meta.url));

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ["@dl/source"],
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  types: [],
};

/** The reference of a package as Markdown: its entries, the files behind them, and what each file exports. */
export async function referenceOf(name: PackageName): Promise<string> {
  const directory = join(packages, name);
  const entries = entriesOf(directory);
  const program = ts.createProgram([...entries.values()], options);
  const checker = program.getTypeChecker();
  const formulas = name === "tensor" ? await formulasByName() : new Map<string, string>();
  const seen = new Set<ts.Symbol>();
  const parts: string[] = [];
  for (const [entry, path] of entries) {
    const source = program.getSourceFile(path);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`reference: ${path} exports nothing`);
    const byFile = new Map<string, string[]>();
    for (const exported of checker.getExportsOfModule(module)) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (seen.has(symbol)) continue;
      seen.add(symbol);
      const file = groupOf(symbol, directory);
      const text = entryText(exported.name, symbol, checker, formulas.get(exported.name));
      byFile.set(file, [...(byFile.get(file) ?? []), text]);
    }
    const specifier = entry === "." ? `@dl/${name}` : `@dl/${name}${entry.slice(1)}`;
    if (entry !== "." && byFile.size > 0) parts.push(`## Entry \`${specifier}\``);
    for (const [file, texts] of [...byFile].sort(([a], [b]) => (a < b ? -1 : 1))) {
      parts.push(entry === "." ? `## ${file}` : `### ${file}`, ...texts);
    }
  }
  return parts.join("\n\n");
}

function entriesOf(directory: string): Map<string, string> {
  const manifest: { exports: Record<string, { "@dl/source": string } | string> } = JSON.parse(
    readFileSync(join(directory, "package.json"), "utf8"),
  );
  const paths = Object.entries(manifest.exports).flatMap(([entry, target]): [string, string][] =>
    typeof target === "string" || entry === "./primitives" ? [] : [[entry, join(directory, target["@dl/source"])]],
  );
  return new Map(paths.filter(([, path]) => existsSync(path)));
}

/** What the export is about: the name of its file, or of the folder where the file's name says little. */
function groupOf(symbol: ts.Symbol, directory: string): string {
  const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? "";
  if (!file.startsWith(join(directory, "src/").replaceAll("\\", "/"))) return "from @dl/tensor";
  const [folder = "", base = ""] = file.replace(/\.ts$/, "").split("/").slice(-2);
  const word = ["define", "index"].includes(base) ? folder : base;
  return word.replaceAll("-", " ");
}

/** The formulas that run, as TeX. The names are variables so that the site's bundler leaves the imports to Node. */
async function formulasByName(): Promise<Map<string, string>> {
  const [primitivesEntry, formulaEntry] = ["@dl/tensor/primitives", "@dl/tensor/formula"] as const;
  const primitives: typeof import("@dl/tensor/primitives") = await import(primitivesEntry);
  const { toTex }: typeof import("@dl/tensor/formula") = await import(formulaEntry);
  return new Map(
    Object.entries(primitives).flatMap(([name, { op }]): [string, string][] =>
      op.kind === "kernel" && op.formula !== undefined ? [[name, toTex(op.formula.node)]] : [],
    ),
  );
}
