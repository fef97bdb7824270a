import type { StateRecord } from "../state-dict.ts";
import { fieldsOf, loadFields, perGroup, type Scheduled } from "./scheduler.ts";

export interface ReduceLROnPlateauOptions {
  /** Whether a lower or a higher metric is better. Default "min". */
  mode?: "min" | "max";
  /** Factor of a reduction, below 1. Default 0.1. */
  factor?: number;
  /** Steps without progress before a reduction. Default 10. */
  patience?: number;
  /** The least progress that counts. Default 1e-4. */
  threshold?: number;
  /** Whether the threshold is a part of the best metric or a difference. Default "rel". */
  thresholdMode?: "rel" | "abs";
  /** Steps after a reduction that do not count. Default 0. */
  cooldown?: number;
  /** The lowest rate, for all groups or for each. Default 0. */
  minLr?: number | readonly number[];
  /** Smaller changes are left out. Default 1e-8. */
  eps?: number;
}

/**
 * Reduces the rates when a metric stops getting better: `step(metric)` after each epoch.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ReduceLROnPlateau.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const scheduler = new ReduceLROnPlateau(optimizer, { patience: 1, factor: 0.5 });
 * [3, 3, 3].map((loss) => (scheduler.step(loss), optimizer.paramGroups[0].lr)); // => [1, 1, 0.5]
 */
export class ReduceLROnPlateau {
  readonly optimizer: Scheduled;
  readonly mode: "min" | "max";
  readonly factor: number;
  readonly patience: number;
  readonly threshold: number;
  readonly thresholdMode: "rel" | "abs";
  readonly cooldown: number;
  readonly minLrs: readonly number[];
  readonly eps: number;
  best: number;
  numBadEpochs = 0;
  cooldownCounter = 0;
  lastEpoch = 0;
  lastLr: number[];

  constructor(optimizer: Scheduled, options: ReduceLROnPlateauOptions = {}) {
    const {
      mode = "min",
      factor = 0.1,
      patience = 10,
      threshold = 1e-4,
      thresholdMode = "rel",
      cooldown = 0,
      minLr = 0,
      eps = 1e-8,
    } = options;
    if (!(factor < 1)) throw new RangeError(`ReduceLROnPlateau: factor must be below 1, got ${factor}`);
    if (mode !== "min" && mode !== "max")
      throw new RangeError(`ReduceLROnPlateau: mode must be "min" or "max", got ${JSON.stringify(mode)}`);
    if (thresholdMode !== "rel" && thresholdMode !== "abs") {
      throw new RangeError(
        `ReduceLROnPlateau: thresholdMode must be "rel" or "abs", got ${JSON.stringify(thresholdMode)}`,
      );
    }
    this.optimizer = optimizer;
    this.mode = mode;
    this.factor = factor;
    this.patience = patience;
    this.threshold = threshold;
    this.thresholdMode = thresholdMode;
    this.cooldown = cooldown;
    this.minLrs = perGroup("ReduceLROnPlateau", "minLr", minLr, optimizer);
    this.eps = eps;
    this.best = mode === "min" ? Infinity : -Infinity;
    this.lastLr = optimizer.paramGroups.map(({ lr }) => lr);
  }

  /** Takes in the metric of one more epoch; NaN counts as no progress. */
  step(metric: number): void {
    if (typeof metric !== "number")
      throw new TypeError(`ReduceLROnPlateau: the metric must be a number, got ${typeof metric}: pass loss.item()`);
    this.lastEpoch++;
    if (this.#isBetter(metric)) {
      this.best = metric;
      this.numBadEpochs = 0;
    } else this.numBadEpochs++;
    if (this.cooldownCounter > 0) {
      this.cooldownCounter--;
      this.numBadEpochs = 0;
    }
    if (this.numBadEpochs > this.patience) {
      this.#reduce();
      this.cooldownCounter = this.cooldown;
      this.numBadEpochs = 0;
    }
    this.lastLr = this.optimizer.paramGroups.map(({ lr }) => lr);
  }

  /** Everything but the optimizer, by PyTorch's names. */
  stateDict(): StateRecord {
    return fieldsOf(this);
  }

  /** Goes on from a {@link stateDict}. */
  loadStateDict(dict: StateRecord): void {
    loadFields(this, dict);
  }

  #isBetter(metric: number): boolean {
    const sign = this.mode === "min" ? -1 : 1;
    const bound =
      this.thresholdMode === "rel" ? this.best * (1 + sign * this.threshold) : this.best + sign * this.threshold;
    return this.mode === "min" ? metric < bound : metric > bound;
  }

  #reduce(): void {
    this.optimizer.paramGroups.forEach((group, i) => {
      const lr = Math.max(group.lr * this.factor, this.minLrs[i] as number);
      if (group.lr - lr > this.eps) group.lr = lr;
    });
  }
}
