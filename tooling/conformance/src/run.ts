import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Case } from "./case.ts";
import { NotCovered } from "./context.ts";
import { Decoder } from "./decode.ts";
import { kindOf } from "./kinds/index.ts";
import type { Largest } from "./largest.ts";
import { readSafetensors } from "./safetensors.ts";

/** A directory of cases in groups. */
export interface Group {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly decoder: Decoder;
}

export interface Failure {
  readonly id: string;
  readonly op: string;
  readonly reason: string;
}

/** What became of a group. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** The ops that the table does not have, with their numbers of cases. */
  readonly notCovered: ReadonlyMap<string, number>;
}

export interface RunOptions {
  /** Multiplies the tolerances. Default 1. */
  readonly factor?: number;
  /** Told after every case. */
  readonly onCase?: () => void;
  /** Where the largest differences are kept. */
  readonly largest?: Largest | undefined;
}

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
  const cases: Case[] = JSON.parse(await readFile(join(directory, name, "cases.json"), "utf8"));
  const bytes = await readFile(join(directory, name, "tensors.safetensors"));
  return { name, cases, decoder: new Decoder(readSafetensors(new Uint8Array(bytes))) };
}

/** Runs every case of a group. An exception inside a case is a failure of that case. */
export async function runGroup(
  { name, cases, decoder }: Group,
  { factor = 1, onCase, largest }: RunOptions = {},
): Promise<Outcome> {
  let passed = 0;
  const failures: Failure[] = [];
  const notCovered = new Map<string, number>();
  for (const test of cases) {
    try {
      await kindOf(test)(test, { decoder, factor, largest });
      passed++;
    } catch (error) {
      if (error instanceof NotCovered) notCovered.set(error.op, (notCovered.get(error.op) ?? 0) + 1);
      else failures.push({ id: test.id, op: test.op, reason: reasonOf(error) });
    }
    onCase?.();
  }
  return { name, passed, failures, notCovered };
}

export const notCoveredCount = ({ notCovered }: Outcome): number => [...notCovered.values()].reduce((a, b) => a + b, 0);

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
