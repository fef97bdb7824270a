import { LRScheduler, perGroup, type Scheduled, type ScheduledGroup } from "./scheduler.ts";

export interface CyclicLROptions {
  /** The lowest rate. */
  baseLr: number | readonly number[];
  /** The highest rate. */
  maxLr: number | readonly number[];
  /** Steps up. Default 2000. */
  stepSizeUp?: number;
  /** Steps down. Default `stepSizeUp`. */
  stepSizeDown?: number;
  /** Cycles of one height, of half the height each time, or of a height times `gamma` each step. Default "triangular". */
  mode?: "triangular" | "triangular2" | "exp_range";
  /** Default 1. */
  gamma?: number;
  /** The height by the cycle (from 1 on) or step; takes the place of `mode`. */
  scaleFn?: (x: number) => number;
  /** What `scaleFn` is given. Default "cycle". */
  scaleMode?: "cycle" | "iterations";
  /** Moves the momentum against the rate. Default true. */
  cycleMomentum?: boolean;
  /** The lowest momentum. Default 0.8. */
  baseMomentum?: number | readonly number[];
  /** The highest momentum. Default 0.9. */
  maxMomentum?: number | readonly number[];
}

/**
 * Moves the rates up and down between two bounds, in straight lines. `step()` after each batch.
 *
 * Source: https://arxiv.org/abs/1506.01186,
 * https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CyclicLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1, momentum: 0.9 });
 * const scheduler = new CyclicLR(optimizer, { baseLr: 1, maxLr: 2, stepSizeUp: 2 });
 * [1, 2, 3, 4].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [1.5, 2, 1.5, 1]
 */
export class CyclicLR extends LRScheduler {
  readonly maxLrs: readonly number[];
  readonly totalSize: number;
  /** The part of a cycle that goes up. */
  readonly stepRatio: number;
  readonly cycleMomentum: boolean;
  readonly baseMomentums: readonly number[];
  readonly maxMomentums: readonly number[];
  readonly mode: "triangular" | "triangular2" | "exp_range";
  readonly gamma: number;
  readonly scaleMode: "cycle" | "iterations";
  readonly #scaleFn: ((x: number) => number) | undefined;

  constructor(optimizer: Scheduled, options: CyclicLROptions) {
    const {
      stepSizeUp = 2000,
      stepSizeDown = stepSizeUp,
      mode = "triangular",
      gamma = 1,
      cycleMomentum = true,
    } = options;
    if (!(stepSizeUp > 0 && stepSizeDown > 0))
      throw new RangeError(
        `CyclicLR: stepSizeUp and stepSizeDown must be above 0, got ${stepSizeUp} and ${stepSizeDown}`,
      );
    if (!(mode in scales))
      throw new RangeError(
        `CyclicLR: mode must be "triangular", "triangular2" or "exp_range", got ${JSON.stringify(mode)}`,
      );
    const groups = optimizer.paramGroups;
    const baseLrs = perGroup("CyclicLR", "baseLr", options.baseLr, optimizer);
    const maxLrs = perGroup("CyclicLR", "maxLr", options.maxLr, optimizer);
    const baseMomentums = perGroup("CyclicLR", "baseMomentum", options.baseMomentum ?? 0.8, optimizer);
    const maxMomentums = perGroup("CyclicLR", "maxMomentum", options.maxMomentum ?? 0.9, optimizer);
    if (cycleMomentum) checkMomentum("CyclicLR", groups);
    groups.forEach((group, i) => {
      group.lr = baseLrs[i] as number;
    });
    super(optimizer);
    this.baseLrs = baseLrs;
    this.maxLrs = maxLrs;
    this.totalSize = stepSizeUp + stepSizeDown;
    this.stepRatio = stepSizeUp / this.totalSize;
    this.cycleMomentum = cycleMomentum;
    this.baseMomentums = baseMomentums;
    this.maxMomentums = maxMomentums;
    this.mode = mode;
    this.gamma = gamma;
    this.scaleMode =
      options.scaleFn === undefined ? (mode === "exp_range" ? "iterations" : "cycle") : (options.scaleMode ?? "cycle");
    this.#scaleFn = options.scaleFn;
    this.step();
  }

  protected override rate(_: number, i: number): number {
    const base = this.baseLrs[i] as number;
    const height = this.#height();
    if (this.cycleMomentum) {
      const most = this.maxMomentums[i] as number;
      setMomentum(
        this.optimizer.paramGroups[i] as ScheduledGroup,
        most - (most - (this.baseMomentums[i] as number)) * height,
      );
    }
    return base + ((this.maxLrs[i] as number) - base) * height;
  }

  /** Where between the bounds, from 0 to 1. */
  #height(): number {
    const cycle = Math.floor(1 + this.lastEpoch / this.totalSize);
    const x = 1 + this.lastEpoch / this.totalSize - cycle;
    const height = x <= this.stepRatio ? x / this.stepRatio : (x - 1) / (this.stepRatio - 1);
    const at = this.scaleMode === "cycle" ? cycle : this.lastEpoch;
    return height * (this.#scaleFn === undefined ? scales[this.mode](at, this.gamma) : this.#scaleFn(at));
  }
}

const scales = {
  triangular: (): number => 1,
  triangular2: (cycle: number): number => 2 ** (1 - cycle),
  exp_range: (step: number, gamma: number): number => gamma ** step,
} as const;

/** Throws unless every group has a momentum. */
export function checkMomentum(who: string, groups: readonly ScheduledGroup[]): void {
  if (groups.every((group) => group.momentum !== undefined || group.betas !== undefined)) return;
  throw new TypeError(
    `${who}: cycleMomentum needs an optimizer with momentum or betas, got groups of ${Object.keys(groups[0] ?? {}).join(", ")}`,
  );
}

/** Sets the momentum, or the first of the betas. */
export function setMomentum(group: ScheduledGroup, momentum: number): void {
  if (group.betas !== undefined) group.betas = [momentum, group.betas[1]];
  else group.momentum = momentum;
}
