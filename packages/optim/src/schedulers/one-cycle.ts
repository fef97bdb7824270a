import { checkMomentum, setMomentum } from "./cycle.ts";
import { checkWhole, LRScheduler, perGroup, type Scheduled, type ScheduledGroup } from "./scheduler.ts";

export interface OneCycleLROptions {
  /** The highest rate. */
  maxLr: number | readonly number[];
  /** Steps of the whole cycle; or give `epochs` and `stepsPerEpoch`. */
  totalSteps?: number;
  epochs?: number;
  stepsPerEpoch?: number;
  /** The part of the cycle that goes up. Default 0.3. */
  pctStart?: number;
  /** Along half a cosine or a straight line. Default "cos". */
  annealStrategy?: "cos" | "linear";
  /** Moves the momentum against the rate. Default true. */
  cycleMomentum?: boolean;
  /** The lowest momentum. Default 0.85. */
  baseMomentum?: number | readonly number[];
  /** The highest momentum. Default 0.95. */
  maxMomentum?: number | readonly number[];
  /** The first rate is maxLr / divFactor. Default 25. */
  divFactor?: number;
  /** The last rate is the first / finalDivFactor. Default 1e4. */
  finalDivFactor?: number;
  /** Comes down as it went up, and then to the last rate. Default false. */
  threePhase?: boolean;
}

/** Where a phase ends, and what the rates and momenta do in it. */
interface Phase {
  readonly end: number;
  readonly from: "first" | "highest";
  readonly to: "first" | "highest" | "last";
}

/**
 * One cycle: the rates go up to `maxLr` and down to almost nothing, the momentum the other way. `step()` after each batch.
 *
 * Errors: more steps than the cycle has.
 * Source: https://arxiv.org/abs/1708.07120,
 * https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1, momentum: 0.9 });
 * const scheduler = new OneCycleLR(optimizer, { maxLr: 1, totalSteps: 5, pctStart: 0.4, annealStrategy: "linear" });
 * [1, 2, 3, 4].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [1, 0.6666680000000001, 0.33333600000000013, 0.000004000000000115023]
 */
export class OneCycleLR extends LRScheduler {
  readonly totalSteps: number;
  readonly pctStart: number;
  readonly threePhase: boolean;
  readonly annealStrategy: "cos" | "linear";
  readonly cycleMomentum: boolean;
  readonly maxLrs: readonly number[];
  readonly minLrs: readonly number[];
  readonly baseMomentums: readonly number[];
  readonly maxMomentums: readonly number[];

  constructor(optimizer: Scheduled, options: OneCycleLROptions) {
    const {
      pctStart = 0.3,
      annealStrategy = "cos",
      cycleMomentum = true,
      divFactor = 25,
      finalDivFactor = 1e4,
      threePhase = false,
    } = options;
    const totalSteps = stepsOf(options);
    if (!(pctStart >= 0 && pctStart <= 1))
      throw new RangeError(`OneCycleLR: pctStart must lie in [0, 1], got ${pctStart}`);
    if (annealStrategy !== "cos" && annealStrategy !== "linear") {
      throw new RangeError(
        `OneCycleLR: annealStrategy must be "cos" or "linear", got ${JSON.stringify(annealStrategy)}`,
      );
    }
    const maxLrs = perGroup("OneCycleLR", "maxLr", options.maxLr, optimizer);
    const baseMomentums = perGroup("OneCycleLR", "baseMomentum", options.baseMomentum ?? 0.85, optimizer);
    const maxMomentums = perGroup("OneCycleLR", "maxMomentum", options.maxMomentum ?? 0.95, optimizer);
    if (cycleMomentum) checkMomentum("OneCycleLR", optimizer.paramGroups);
    optimizer.paramGroups.forEach((group, i) => {
      group.initialLr = (maxLrs[i] as number) / divFactor;
    });
    super(optimizer);
    this.totalSteps = totalSteps;
    this.pctStart = pctStart;
    this.threePhase = threePhase;
    this.annealStrategy = annealStrategy;
    this.cycleMomentum = cycleMomentum;
    this.maxLrs = maxLrs;
    this.minLrs = this.baseLrs.map((lr) => lr / finalDivFactor);
    this.baseMomentums = baseMomentums;
    this.maxMomentums = maxMomentums;
    this.step();
  }

  override step(): void {
    if (this.lastEpoch >= this.totalSteps)
      throw new RangeError(`OneCycleLR: step ${this.lastEpoch + 1} is beyond the cycle of ${this.totalSteps} steps`);
    super.step();
  }

  protected override rate(_: number, i: number): number {
    const phases = phasesOf(this.totalSteps, this.pctStart, this.threePhase);
    const at = phases.findIndex(({ end }) => this.lastEpoch <= end);
    const phase = phases.at(at) as Phase;
    const before = phases[phases.indexOf(phase) - 1]?.end ?? 0;
    const part = (this.lastEpoch - before) / (phase.end - before);
    const anneal = this.annealStrategy === "cos" ? alongCosine : alongLine;
    if (this.cycleMomentum) {
      const low = this.baseMomentums[i] as number;
      const high = this.maxMomentums[i] as number;
      const momentumAt = (end: Phase["to"]): number => (end === "highest" ? low : high);
      setMomentum(
        this.optimizer.paramGroups[i] as ScheduledGroup,
        anneal(momentumAt(phase.from), momentumAt(phase.to), part),
      );
    }
    const rates = {
      first: this.baseLrs[i] as number,
      highest: this.maxLrs[i] as number,
      last: this.minLrs[i] as number,
    };
    return anneal(rates[phase.from], rates[phase.to], part);
  }
}

function stepsOf({ totalSteps, epochs, stepsPerEpoch }: OneCycleLROptions): number {
  if (totalSteps !== undefined) {
    checkWhole("OneCycleLR", "totalSteps", totalSteps, 1);
    return totalSteps;
  }
  if (epochs === undefined || stepsPerEpoch === undefined) {
    throw new TypeError(
      `OneCycleLR: needs totalSteps, or epochs and stepsPerEpoch, got epochs ${epochs} and stepsPerEpoch ${stepsPerEpoch}`,
    );
  }
  checkWhole("OneCycleLR", "epochs", epochs, 1);
  checkWhole("OneCycleLR", "stepsPerEpoch", stepsPerEpoch, 1);
  return epochs * stepsPerEpoch;
}

function phasesOf(steps: number, up: number, three: boolean): Phase[] {
  const rise: Phase = { end: up * steps - 1, from: "first", to: "highest" };
  if (!three) return [rise, { end: steps - 1, from: "highest", to: "last" }];
  return [
    rise,
    { end: 2 * up * steps - 2, from: "highest", to: "first" },
    { end: steps - 1, from: "first", to: "last" },
  ];
}

const alongCosine = (from: number, to: number, part: number): number =>
  to + ((from - to) / 2) * (Math.cos(Math.PI * part) + 1);
const alongLine = (from: number, to: number, part: number): number => (to - from) * part + from;
