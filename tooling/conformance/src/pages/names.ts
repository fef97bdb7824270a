import { Tensor } from "@dl/tensor";
import { functionAliases, moduleAliases } from "../table/aliases.ts";
import { counterparts } from "../table/counterparts.ts";
import { modules, optimizers, rows, schedules } from "../table/index.ts";
import { leftOut } from "../table/left-out.ts";
import { type Reference, referencesOf } from "./references.ts";

/** Every name of PyTorch's that the table knows. */
export function knownNames(): string[] {
  const tables: readonly ReadonlyMap<string, unknown>[] = [rows, modules, optimizers, schedules, counterparts];
  const names = tables.flatMap((table) => [...table.keys()]);
  return names.filter((name) => /^(torch|Tensor)\.[\w.]+$/.test(name));
}

/** The table of the documentation: every name of PyTorch's, what stands for it and where that is imported from. */
export async function namesPage(): Promise<string> {
  const aliases = new Map([...functionAliases, ...moduleAliases]);
  const names = knownNames();
  const own = await referencesOf(names.filter((name) => !aliases.has(name)));
  const groups = new Map<string, string[]>();
  for (const name of names.sort()) {
    const references = own.get(rowName(name, aliases));
    if (references === undefined) throw new Error(`names: nothing stands for ${name}`);
    const group = name.slice(0, name.lastIndexOf("."));
    groups.set(group, [...(groups.get(group) ?? []), line(name, references)]);
  }
  const tables = [...groups].map(([group, lines]) => `  ${JSON.stringify(group)}: [\n${lines.join("")}  ],\n`);
  const missing = leftOut.map(({ reason, names: list }) => {
    return `  [${JSON.stringify(reason)}, ${JSON.stringify(list.trim().split(/\s+/).join(" "))}],\n`;
  });
  return `${head}${tables.join("")}};\n${tail}${missing.join("")}];\n`;
}

/** The row that a name stands for in the end. */
function rowName(name: string, aliases: ReadonlyMap<string, string>): string {
  const target = aliases.get(name);
  return target === undefined ? name : rowName(target, aliases);
}

const head = `// Generated from the table of tooling/conformance by src/generate.ts.

/** PyTorch's name, the names here, where they are imported from. */
export type PytorchName = readonly [pytorch: string, here: string, from: string];

/** PyTorch's names that have a counterpart, by module. */
export const pytorchNames: Readonly<Record<string, readonly PytorchName[]>> = {
`;

const tail = `
/** Why names of PyTorch's have no counterpart, and which. */
export const leftOut: readonly (readonly [reason: string, names: string])[] = [
`;

function line(name: string, references: readonly Reference[]): string {
  const named = sameName(name, references);
  const here = named.map((reference) => reference.name);
  const [only] = here;
  const isMethod = name.startsWith("Tensor.") && here.length === 1 && only !== undefined && only in Tensor.prototype;
  const from = [...new Set(named.flatMap((reference) => reference.from ?? []))];
  const cells = [name, (isMethod ? [`x.${only}()`, ...here] : here).join(", "), from.join(", ")];
  return `    [${cells.map((cell) => JSON.stringify(cell)).join(", ")}],\n`;
}

/** Those that have the name themselves, where there are any: `nonzero` and `nonzeroTuple` for `torch.nonzero`. */
function sameName(name: string, references: readonly Reference[]): readonly Reference[] {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const camel = last.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  if (!references.some((reference) => reference.name === camel)) return references;
  const same = references.filter((reference) => reference.name.startsWith(camel));
  return same.sort((a, b) => a.name.length - b.name.length);
}
