import { LRScheduler, type Scheduled } from "./scheduler.ts";

type Factor = (epoch: number) => number;

/**
 * `lr = first lr · lrLambda(t)`, with one function for all groups or one for each.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LambdaLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const scheduler = new LambdaLR(optimizer, { lrLambda: (epoch) => 1 / (1 + epoch) });
 * [1, 3].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [0.5, 0.3333333333333333]
 */
export class LambdaLR extends LRScheduler {
  readonly lrLambdas: readonly Factor[];

  constructor(optimizer: Scheduled, { lrLambda }: { lrLambda: Factor | readonly Factor[] }) {
    const factors = factorsOf("LambdaLR", lrLambda, optimizer);
    super(optimizer);
    this.lrLambdas = factors;
    this.step();
  }

  protected override rate(_: number, i: number): number {
    return (this.baseLrs[i] as number) * (this.lrLambdas[i] as Factor)(this.lastEpoch);
  }
}

/**
 * `lr *= lrLambda(t)` at every step after the first.
 *
 * Source: https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.MultiplicativeLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const scheduler = new MultiplicativeLR(optimizer, { lrLambda: () => 0.5 });
 * [1, 2].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [0.5, 0.25]
 */
export class MultiplicativeLR extends LRScheduler {
  readonly lrLambdas: readonly Factor[];

  constructor(optimizer: Scheduled, { lrLambda }: { lrLambda: Factor | readonly Factor[] }) {
    const factors = factorsOf("MultiplicativeLR", lrLambda, optimizer);
    super(optimizer);
    this.lrLambdas = factors;
    this.step();
  }

  /** Goes back to the first step and leaves the rates as they are: there is no first rate to return to. */
  override restart(): void {
    this.lastEpoch = 0;
    this.set();
  }

  protected override rate(lr: number, i: number): number {
    return this.lastEpoch === 0 ? lr : lr * (this.lrLambdas[i] as Factor)(this.lastEpoch);
  }
}

function factorsOf(who: string, factors: Factor | readonly Factor[], { paramGroups }: Scheduled): readonly Factor[] {
  if (typeof factors === "function") return paramGroups.map(() => factors);
  if (factors.length === paramGroups.length) return [...factors];
  throw new RangeError(
    `${who}: lrLambda needs one function for each of ${paramGroups.length} groups, got ${factors.length}`,
  );
}
