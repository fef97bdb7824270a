import type { Runtime } from "./runtime.ts";
import { type Operand, runEach, type Scratch } from "./shader.ts";

/** Items that each go to one of many targets, or to none. */
export interface Arrivals {
  readonly targets: number;
  readonly items: number;
  /** What `targetOf` reads. */
  readonly inputs: Readonly<Record<string, Operand>>;
  readonly whole: Readonly<Record<string, number>>;
}

/**
 * The items that arrive at each target, in their own order whatever the timing, as a buffer for `chainsToWgsl`; give it
 * back when it is read. `target` is WGSL: `fn targetOf(item : u32) -> u32`, for none `a.targets` or more.
 *
 * Each target gets its first and its last item by atomics; each item but the last then looks for the next one.
 */
export function chainsOf(
  runtime: Runtime,
  owner: object,
  variant: string,
  arrivals: Arrivals,
  target: () => string,
): Scratch {
  const { targets, items, inputs, whole } = arrivals;
  const buffer = runtime.buffers.take(2 * targets + items);
  const made: Scratch = { buffer, type: "atomic<u32>" };
  const sizes = { targets, items, ...whole };
  const job = { inputs, output: made, whole: sizes };
  runEach(runtime, chainsOf, "empty", targets, { inputs: {}, output: made, whole: { targets } }, () => ({
    body: `
    atomicStore(&made[index], ${none});
    atomicStore(&made[a.targets + index], 0u);`,
  }));
  runEach(runtime, owner, `${variant} ends`, items, job, () => ({
    functions: target(),
    body: `
    let own = targetOf(index);
    if (own < a.targets) {
      atomicMin(&made[own], index);
      atomicMax(&made[a.targets + own], index);
    }`,
  }));
  runEach(runtime, owner, `${variant} links`, items, job, () => ({
    functions: target(),
    body: `
    let own = targetOf(index);
    var next = ${none};
    if (own < a.targets && index < atomicLoad(&made[a.targets + own])) {
      next = index + 1u;
      while (targetOf(next) != own) { next++; }
    }
    atomicStore(&made[2u * a.targets + index], next);`,
  }));
  return { buffer, type: "u32" };
}

const none = "0xffffffffu";

/** WGSL for the input `chains`: `for (var item = firstOf(t); item != none; item = nextOf(item)) { … }`, or `lastOf(t)`. */
export const chainsToWgsl = `
const none = ${none};
fn firstOf(t : u32) -> u32 { return chains(t); }
fn lastOf(t : u32) -> u32 { return select(chains(a.targets + t), none, chains(t) == none); }
fn nextOf(item : u32) -> u32 { return chains(2u * a.targets + item); }`;
