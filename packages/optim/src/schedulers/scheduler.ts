import type { Hyper } from "../hyper.ts";
import { camelCase, type StateRecord, type StateValue, snakeCase } from "../state-dict.ts";

/** What a scheduler changes: every optimizer has it. */
export interface Scheduled {
  readonly paramGroups: readonly ScheduledGroup[];
}

export interface ScheduledGroup extends Hyper {
  momentum?: number;
  betas?: readonly [number, number];
}

/**
 * Changes the learning rates of an optimizer: call `step()` after each epoch, or after each batch where a schedule says so.
 *
 * The rates of step 0 are set when it is made. A schedule that goes on from the rates of the step before can be combined
 * with others and with changes made by hand.
 * Source: https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate
 */
export abstract class LRScheduler {
  readonly optimizer: Scheduled;
  /** The rates that the schedule is about, one for each group. */
  baseLrs: number[];
  /** How many times `step` was called. */
  lastEpoch = -1;
  /** The rates that the last step set. */
  lastLr: number[];

  constructor(optimizer: Scheduled) {
    this.optimizer = optimizer;
    this.baseLrs = optimizer.paramGroups.map((group) => (group.initialLr ??= group.lr));
    this.lastLr = [];
  }

  /** The rate of group `i` at `lastEpoch`; `lr` is the one it has. */
  protected abstract rate(lr: number, i: number): number;

  /** Goes on by one. */
  step(): void {
    this.lastEpoch++;
    this.set();
  }

  /** Goes back to the first step, as if the rates had never changed. */
  restart(): void {
    this.lastEpoch = 0;
    this.optimizer.paramGroups.forEach((group, i) => {
      group.lr = this.baseLrs[i] as number;
    });
    this.set();
  }

  /** Everything but the optimizer, by PyTorch's names. */
  stateDict(): StateRecord {
    return fieldsOf(this);
  }

  /**
   * Goes on from a {@link stateDict}. The rates themselves come with the optimizer's.
   *
   * Errors: rates of another number of groups; nothing is changed then.
   */
  loadStateDict(dict: StateRecord): void {
    loadFields(this, dict);
  }

  /** Sets the rates of `lastEpoch`. */
  protected set(): void {
    this.optimizer.paramGroups.forEach((group, i) => {
      group.lr = this.rate(group.lr, i);
    });
    this.lastLr = this.optimizer.paramGroups.map(({ lr }) => lr);
  }
}

/** Names that PyTorch writes in another way. */
const special: ReadonlyMap<string, string> = new Map([
  ["lastLr", "_last_lr"],
  ["tMax", "T_max"],
  ["t0", "T_0"],
  ["tMult", "T_mult"],
  ["tI", "T_i"],
  ["tCur", "T_cur"],
]);
const specialBack: ReadonlyMap<string, string> = new Map([...special].map(([name, theirs]) => [theirs, name]));

const isValue = (value: unknown): value is StateValue =>
  value === null ||
  ["number", "string", "boolean"].includes(typeof value) ||
  (Array.isArray(value) && value.every(isValue));

/** The plain values among the fields of an object. */
export function fieldsOf(scheduler: object): StateRecord {
  const fields = Object.entries(scheduler).filter(([, value]) => isValue(value));
  return Object.fromEntries(
    fields.map(([name, value]) => [special.get(name) ?? snakeCase(name), Array.isArray(value) ? [...value] : value]),
  );
}

/** Fields with one value for each group. */
const eachGroup: ReadonlySet<string> = new Set([
  "baseLrs",
  "lastLr",
  "maxLrs",
  "minLrs",
  "baseMomentums",
  "maxMomentums",
]);

/** Puts values back into the fields they came from; unknown ones are left out. */
export function loadFields(scheduler: object, dict: StateRecord): void {
  const values = Object.entries(dict).map(
    ([name, value]) => [specialBack.get(name) ?? camelCase(name), value] as const,
  );
  const known = values.filter(([name, value]) => name in scheduler && isValue(value));
  const who = scheduler.constructor.name;
  for (const [name, value] of known) {
    const own: unknown = Reflect.get(scheduler, name);
    if (!eachGroup.has(name) || !Array.isArray(own) || (Array.isArray(value) && value.length === own.length)) continue;
    const found = Array.isArray(value) ? `${value.length}` : typeof value;
    throw new RangeError(`${who}: ${name} of the state dict must be ${own.length}, one for each group, got ${found}`);
  }
  Object.assign(
    scheduler,
    Object.fromEntries(known.map(([name, value]) => [name, Array.isArray(value) ? [...value] : value])),
  );
}

/** One value for each group. */
export function perGroup(
  who: string,
  name: string,
  value: number | readonly number[],
  { paramGroups }: Scheduled,
): number[] {
  if (typeof value === "number") return paramGroups.map(() => value);
  if (value.length === paramGroups.length) return [...value];
  throw new RangeError(`${who}: ${name} needs one value for each of ${paramGroups.length} groups, got ${value.length}`);
}

/** Throws unless `value` is a whole number from `least` on. */
export function checkWhole(who: string, name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least)
    throw new RangeError(`${who}: ${name} must be a whole number from ${least} on, got ${value}`);
}
