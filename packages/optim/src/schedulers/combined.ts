import type { StateRecord, StateValue } from "../state-dict.ts";
import { checkWhole, fieldsOf, type LRScheduler, loadFields, type Scheduled } from "./scheduler.ts";

/** What the state of combined schedules holds: theirs, and those inside. */
export interface CombinedState {
  readonly [name: string]: StateValue | readonly StateRecord[];
  readonly _schedulers: readonly StateRecord[];
}

export interface SequentialLROptions {
  schedulers: readonly LRScheduler[];
  /** The steps at which the next schedule takes over: one fewer than schedules. */
  milestones: readonly number[];
}

/**
 * One schedule after another.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.SequentialLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const warmUp = new ConstantLR(optimizer, { factor: 0.5, totalIters: 10 });
 * const decay = new ExponentialLR(optimizer, { gamma: 0.5 });
 * const scheduler = new SequentialLR(optimizer, { schedulers: [warmUp, decay], milestones: [2] });
 * [1, 2, 3].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [0.5, 1, 0.5]
 */
export class SequentialLR {
  readonly schedulers: readonly LRScheduler[];
  readonly milestones: readonly number[];
  lastEpoch = 0;
  lastLr: readonly number[];

  constructor(optimizer: Scheduled, { schedulers, milestones }: SequentialLROptions) {
    checkTogether("SequentialLR", schedulers, optimizer);
    if (milestones.length !== schedulers.length - 1) {
      throw new RangeError(
        `SequentialLR: ${schedulers.length} schedulers need ${schedulers.length - 1} milestones, got ${milestones.length}`,
      );
    }
    for (const milestone of milestones) checkWhole("SequentialLR", "milestones", milestone, 1);
    this.schedulers = [...schedulers];
    this.milestones = [...milestones];
    for (const group of optimizer.paramGroups) group.lr = group.initialLr ?? group.lr;
    const first = schedulers[0] as LRScheduler;
    first.restart();
    this.lastLr = first.lastLr;
  }

  /** Goes on by one. */
  step(): void {
    this.lastEpoch++;
    const passed = this.milestones.filter((milestone) => milestone <= this.lastEpoch).length;
    const scheduler = this.schedulers[passed] as LRScheduler;
    if (passed > 0 && this.milestones[passed - 1] === this.lastEpoch) scheduler.restart();
    else scheduler.step();
    this.lastLr = scheduler.lastLr;
  }

  /** Everything but the optimizer, with the states of the schedules. */
  stateDict(): CombinedState {
    return combinedState(this, this.schedulers);
  }

  /** Goes on from a {@link stateDict}. */
  loadStateDict(dict: CombinedState): void {
    loadCombined("SequentialLR", this, this.schedulers, dict);
  }
}

/**
 * Several schedules at once, each going on from the rates the one before has set.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ChainedScheduler.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const decay = new ExponentialLR(optimizer, { gamma: 0.5 });
 * const drop = new StepLR(optimizer, { stepSize: 2, gamma: 0.5 });
 * const scheduler = new ChainedScheduler([decay, drop]);
 * [1, 2].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [0.5, 0.125]
 */
export class ChainedScheduler {
  readonly schedulers: readonly LRScheduler[];
  lastLr: readonly number[];

  constructor(schedulers: readonly LRScheduler[]) {
    checkTogether("ChainedScheduler", schedulers, schedulers[0]?.optimizer);
    this.schedulers = [...schedulers];
    this.lastLr = ratesOf(schedulers);
  }

  /** Goes on by one. */
  step(): void {
    for (const scheduler of this.schedulers) scheduler.step();
    this.lastLr = ratesOf(this.schedulers);
  }

  /** The states of the schedules. */
  stateDict(): CombinedState {
    return combinedState(this, this.schedulers);
  }

  /** Goes on from a {@link stateDict}. */
  loadStateDict(dict: CombinedState): void {
    loadCombined("ChainedScheduler", this, this.schedulers, dict);
  }
}

const ratesOf = (schedulers: readonly LRScheduler[]): number[] =>
  (schedulers[0] as LRScheduler).optimizer.paramGroups.map(({ lr }) => lr);

function checkTogether(who: string, schedulers: readonly LRScheduler[], optimizer: Scheduled | undefined): void {
  if (schedulers.length === 0) throw new RangeError(`${who}: needs at least one scheduler, got an empty list`);
  const other = schedulers.findIndex((scheduler) => scheduler.optimizer !== optimizer);
  if (other >= 0)
    throw new TypeError(
      `${who}: all schedulers must belong to one optimizer: scheduler ${other} of ${schedulers.length} has another`,
    );
}

const combinedState = (combined: object, schedulers: readonly LRScheduler[]): CombinedState => ({
  ...fieldsOf(combined),
  _schedulers: schedulers.map((scheduler) => scheduler.stateDict()),
});

function loadCombined(who: string, combined: object, schedulers: readonly LRScheduler[], dict: CombinedState): void {
  const { _schedulers: states, ...own } = dict;
  if (!Array.isArray(states))
    throw new TypeError(`${who}: the state dict has no _schedulers: it is that of another schedule`);
  if (states.length !== schedulers.length)
    throw new RangeError(`${who}: the state dict has ${states.length} schedulers, this ${schedulers.length}`);
  loadFields(combined, own as StateRecord);
  for (const [i, scheduler] of schedulers.entries()) scheduler.loadStateDict(states[i] as StateRecord);
}
