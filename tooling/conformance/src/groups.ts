import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Group, groupOf } from "./run.ts";

/** The names of the groups in `directory`, in the order of its index. */
export async function groupNames(directory: string): Promise<string[]> {
  const entries = await readdir(directory);
  const found = entries.filter((name) => existsSync(join(directory, name, "cases.json")));
  const index = await readFile(join(directory, "index.json"), "utf8").catch(() => "{}");
  const order = Object.keys(JSON.parse(index));
  return found.sort((a, b) => order.indexOf(a) - order.indexOf(b) || a.localeCompare(b));
}

/** Reads one group. */
export async function readGroup(directory: string, name: string): Promise<Group> {
  const cases = await readFile(join(directory, name, "cases.json"), "utf8");
  return groupOf(name, cases, new Uint8Array(await readFile(join(directory, name, "tensors.safetensors"))));
}
