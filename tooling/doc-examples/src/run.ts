import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format, inspect } from "node:util";
import { manualSeed } from "@dl/tensor";
import { plainOf, sameValue } from "./compare.ts";
import type { Example } from "./extract.ts";

const scheme = "doc-example:";
const defaultSeed = 67280421310721;
const modules = new Map<string, { readonly source: string; readonly parent: string }>();

registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith(scheme)) return { url: specifier, format: "module-typescript", shortCircuit: true };
    const parent = modules.get(context.parentURL ?? "")?.parent;
    return next(specifier, parent === undefined ? context : { ...context, parentURL: parent });
  },
  load(url, context, next) {
    const source = modules.get(url)?.source;
    if (source === undefined) return next(url, context);
    return { format: "module-typescript", source, shortCircuit: true };
  },
});

/** Runs an instrumented example as if it stood in `directory`; returns what did not hold. */
export async function runExample(example: Example, code: string, directory: string): Promise<string[]> {
  const problems: string[] = [];
  const report = (line: number, text: string) => problems.push(`doc-examples: ${example.file}:${line}: ${text}`);
  const parameters = {
    __check(value: unknown, text: string, line: number): void {
      if (!sameValue(value, text)) report(line, `says ${text}, is ${shorten(value)}`);
    },
    async __throws(body: () => Promise<void>, text: string, line: number): Promise<void> {
      try {
        await body();
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (!message.includes(text)) report(line, `says Error: ${text}, throws ${message}`);
        return;
      }
      report(line, `says Error: ${text}, does not throw`);
    },
    __logged: (...values: readonly unknown[]): unknown => (values.length === 1 ? values[0] : format(...values)),
    __nothing: (line: number): void => void report(line, "nothing to compare before // =>"),
  };
  const url = `${scheme}${modules.size}`;
  const head = `const { ${Object.keys(parameters).join(", ")} } = globalThis.__docExample;\n`;
  modules.set(url, { source: head + code, parent: pathToFileURL(join(directory, "example.ts")).href });
  Object.assign(globalThis, { __docExample: parameters });
  manualSeed(defaultSeed);
  const { log } = console;
  console.log = () => {};
  try {
    await import(url);
  } catch (error) {
    report(example.line, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  } finally {
    console.log = log;
  }
  return problems;
}

function shorten(value: unknown): string {
  const text =
    typeof value === "string" ? value : inspect(plainOf(value), { depth: 8, breakLength: Number.POSITIVE_INFINITY });
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
