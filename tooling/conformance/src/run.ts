import type { Case } from "./case.ts";
import { NotCovered } from "./context.ts";
import { Decoder } from "./decode.ts";
import { type Executed, lackOf } from "./executed.ts";
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
  /** Cases that need what the device does not have. */
  readonly lacking: readonly Lacking[];
}

/** A case that the device cannot run. */
export interface Lacking {
  readonly op: string;
  /** What the device does not have: a primitive, with the reason where there is one. */
  readonly what: string;
}

export interface RunOptions {
  /** Multiplies the tolerances. Default 1. */
  readonly factor?: number;
  /** Told after every case. */
  readonly onCase?: () => void;
  /** Where the largest differences are kept. */
  readonly largest?: Largest | undefined;
  /** What a device other than the CPU was asked for: a case that computes and never reaches it is a failure. */
  readonly executed?: Executed | undefined;
}

/** A group from what its two files hold. */
export const groupOf = (name: string, cases: string, tensors: Uint8Array<ArrayBuffer>): Group => ({
  name,
  cases: JSON.parse(cases),
  decoder: new Decoder(readSafetensors(tensors)),
});

/** Runs every case of a group. An exception inside a case is a failure of that case. */
export async function runGroup(
  { name, cases, decoder }: Group,
  { factor = 1, onCase, largest, executed }: RunOptions = {},
): Promise<Outcome> {
  let passed = 0;
  const failures: Failure[] = [];
  const lacking: Lacking[] = [];
  const notCovered = new Map<string, number>();
  for (const test of cases) {
    executed?.start();
    try {
      await kindOf(test)(test, { decoder, factor, largest });
      executed?.check();
      passed++;
    } catch (error) {
      const reason = reasonOf(error);
      const lack = executed === undefined ? undefined : lackOf(reason);
      if (error instanceof NotCovered) notCovered.set(error.op, (notCovered.get(error.op) ?? 0) + 1);
      else if (lack !== undefined) lacking.push({ op: test.op, what: lack });
      else failures.push({ id: test.id, op: test.op, reason });
    }
    onCase?.();
  }
  return { name, passed, failures, notCovered, lacking };
}

export const notCoveredCount = ({ notCovered }: Outcome): number => [...notCovered.values()].reduce((a, b) => a + b, 0);

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
