import { checkWhole, LRScheduler, type Scheduled } from "./scheduler.ts";

export interface LinearLROptions {
  /** Factor of the first step. Default 1/3. */
  startFactor?: number;
  /** Factor from step `totalIters` on. Default 1. */
  endFactor?: number;
  /** Default 5. */
  totalIters?: number;
}

/**
 * Moves the factor of the rates from `startFactor` to `endFactor` in `totalIters` equal steps: a warm-up.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LinearLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const scheduler = new LinearLR(optimizer, { startFactor: 0.5, totalIters: 2 });
 * scheduler.lastLr; // => [0.5]
 * [1, 2, 3].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [0.75, 1, 1]
 */
export class LinearLR extends LRScheduler {
  readonly startFactor: number;
  readonly endFactor: number;
  readonly totalIters: number;

  constructor(optimizer: Scheduled, { startFactor = 1 / 3, endFactor = 1, totalIters = 5 }: LinearLROptions = {}) {
    checkWhole("LinearLR", "totalIters", totalIters, 1);
    if (!(startFactor > 0 && startFactor <= 1))
      throw new RangeError(`LinearLR: startFactor must lie in (0, 1], got ${startFactor}`);
    if (!(endFactor >= 0 && endFactor <= 1))
      throw new RangeError(`LinearLR: endFactor must lie in [0, 1], got ${endFactor}`);
    super(optimizer);
    this.startFactor = startFactor;
    this.endFactor = endFactor;
    this.totalIters = totalIters;
    this.step();
  }

  protected override rate(lr: number): number {
    const { lastEpoch, startFactor, endFactor, totalIters } = this;
    if (lastEpoch === 0) return lr * startFactor;
    if (lastEpoch > totalIters) return lr;
    const change = endFactor - startFactor;
    return lr * (1 + change / (totalIters * startFactor + (lastEpoch - 1) * change));
  }
}

export interface ConstantLROptions {
  /** Default 1/3. */
  factor?: number;
  /** Default 5. */
  totalIters?: number;
}

/**
 * Multiplies the rates by `factor` until step `totalIters`.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ConstantLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const scheduler = new ConstantLR(optimizer, { factor: 0.5, totalIters: 2 });
 * [1, 2, 3].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [0.5, 1, 1]
 */
export class ConstantLR extends LRScheduler {
  readonly factor: number;
  readonly totalIters: number;

  constructor(optimizer: Scheduled, { factor = 1 / 3, totalIters = 5 }: ConstantLROptions = {}) {
    checkWhole("ConstantLR", "totalIters", totalIters, 0);
    if (!(factor > 0 && factor <= 1)) throw new RangeError(`ConstantLR: factor must lie in (0, 1], got ${factor}`);
    super(optimizer);
    this.factor = factor;
    this.totalIters = totalIters;
    this.step();
  }

  protected override rate(lr: number): number {
    if (this.lastEpoch === 0) return lr * this.factor;
    return this.lastEpoch === this.totalIters ? lr / this.factor : lr;
  }
}

export interface PolynomialLROptions {
  /** The step at which the rates reach 0. Default 5. */
  totalIters?: number;
  /** Default 1. */
  power?: number;
}

/**
 * Takes the rates to 0: `lr (1 - t / totalIters)^power`.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.PolynomialLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const scheduler = new PolynomialLR(optimizer, { totalIters: 4 });
 * [1, 2, 3, 4, 5].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [0.75, 0.5, 0.25, 0, 0]
 */
export class PolynomialLR extends LRScheduler {
  readonly totalIters: number;
  readonly power: number;

  constructor(optimizer: Scheduled, { totalIters = 5, power = 1 }: PolynomialLROptions = {}) {
    checkWhole("PolynomialLR", "totalIters", totalIters, 1);
    super(optimizer);
    this.totalIters = totalIters;
    this.power = power;
    this.step();
  }

  protected override rate(lr: number): number {
    const { lastEpoch, totalIters, power } = this;
    if (lastEpoch === 0 || lastEpoch > totalIters) return lr;
    return lr * ((1 - lastEpoch / totalIters) / (1 - (lastEpoch - 1) / totalIters)) ** power;
  }
}
