import { LRScheduler, type Scheduled } from "./scheduler.ts";

/**
 * Multiplies the rates by `gamma` at every step.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.ExponentialLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const scheduler = new ExponentialLR(optimizer, { gamma: 0.5 });
 * [1, 2].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [0.5, 0.25]
 */
export class ExponentialLR extends LRScheduler {
  readonly gamma: number;

  constructor(optimizer: Scheduled, { gamma }: { gamma: number }) {
    super(optimizer);
    this.gamma = gamma;
    this.step();
  }

  protected override rate(lr: number): number {
    return this.lastEpoch === 0 ? lr : lr * this.gamma;
  }
}
