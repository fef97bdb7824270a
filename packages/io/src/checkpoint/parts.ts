import { Generator } from "@dl/tensor";
import { reason } from "../files/source.ts";
import type { CheckpointRecord } from "./tree.ts";

/** What has a state of its own: modules, optimizers, schedulers and whatever is built like them. */
export interface Stateful<S = never> {
  stateDict(): unknown;
  loadStateDict(state: S): unknown;
}

/** Named parts of a run: what has a state, generators, and plain values. */
export type CheckpointParts = Readonly<Record<string, unknown>>;

/** Parts that a state can be put back into. */
export type RestorableParts = Readonly<Record<string, Stateful | Generator>>;

/** The plain state of every part at this moment. */
export const statesOf = (parts: CheckpointParts): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, stateOf(part)]));

/**
 * Puts the states of a checkpoint back into `parts`. When one does not fit, the parts get back what they had `before`,
 * and the error goes on.
 */
export function restore(
  where: string,
  parts: RestorableParts,
  checkpoint: CheckpointRecord,
  before: Readonly<Record<string, unknown>>,
): void {
  const missing = Object.keys(parts).filter((name) => !Object.hasOwn(checkpoint, name));
  if (missing.length > 0) {
    throw new RangeError(
      `${where} has no state of ${missing.join(", ")}; it has ${Object.keys(checkpoint).join(", ")}`,
    );
  }
  const changed: [string, Stateful | Generator][] = [];
  for (const [name, part] of Object.entries(parts)) {
    changed.push([name, part]);
    try {
      putBack(part, checkpoint[name]);
    } catch (cause) {
      for (const [other, again] of changed) putBack(again, before[other]);
      throw new Error(`${where}: ${name}: ${reason(cause)}`, { cause });
    }
  }
}

function stateOf(part: unknown): unknown {
  if (part instanceof Generator) return part.getState();
  return isStateful(part) ? part.stateDict() : part;
}

function putBack(part: Stateful | Generator, state: unknown): void {
  if (part instanceof Generator) {
    if (!(state instanceof Uint8Array))
      throw new TypeError(`the state of a generator is a Uint8Array, got ${typeof state}`);
    part.setState(state);
  } else part.loadStateDict(state as never);
}

const isStateful = (part: unknown): part is Stateful =>
  typeof part === "object" &&
  part !== null &&
  "stateDict" in part &&
  typeof part.stateDict === "function" &&
  "loadStateDict" in part &&
  typeof part.loadStateDict === "function";
