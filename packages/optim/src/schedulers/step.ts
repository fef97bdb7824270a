import { checkWhole, LRScheduler, type Scheduled } from "./scheduler.ts";

export interface StepLROptions {
  /** Steps between two changes. */
  stepSize: number;
  /** Factor of each. Default 0.1. */
  gamma?: number;
}

/**
 * Multiplies the rates by `gamma` every `stepSize` steps.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const scheduler = new StepLR(optimizer, { stepSize: 2, gamma: 0.5 });
 * [1, 2, 3, 4].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [1, 0.5, 0.5, 0.25]
 */
export class StepLR extends LRScheduler {
  readonly stepSize: number;
  readonly gamma: number;

  constructor(optimizer: Scheduled, { stepSize, gamma = 0.1 }: StepLROptions) {
    checkWhole("StepLR", "stepSize", stepSize, 1);
    super(optimizer);
    this.stepSize = stepSize;
    this.gamma = gamma;
    this.step();
  }

  protected override rate(lr: number): number {
    return this.lastEpoch > 0 && this.lastEpoch % this.stepSize === 0 ? lr * this.gamma : lr;
  }
}

export interface MultiStepLROptions {
  /** The steps at which the rates change. */
  milestones: readonly number[];
  /** Factor of each change. Default 0.1. */
  gamma?: number;
}

/**
 * Multiplies the rates by `gamma` at each milestone; twice at one that is named twice.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiStepLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const scheduler = new MultiStepLR(optimizer, { milestones: [1, 3], gamma: 0.5 });
 * [1, 2, 3].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [0.5, 0.5, 0.25]
 */
export class MultiStepLR extends LRScheduler {
  readonly milestones: readonly number[];
  readonly gamma: number;

  constructor(optimizer: Scheduled, { milestones, gamma = 0.1 }: MultiStepLROptions) {
    for (const milestone of milestones) checkWhole("MultiStepLR", "milestones", milestone, 0);
    super(optimizer);
    this.milestones = [...milestones];
    this.gamma = gamma;
    this.step();
  }

  protected override rate(lr: number): number {
    const times = this.milestones.filter((milestone) => milestone === this.lastEpoch).length;
    return times === 0 ? lr : lr * this.gamma ** times;
  }
}
