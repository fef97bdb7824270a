import { checkWhole, LRScheduler, type Scheduled } from "./scheduler.ts";

export interface CosineAnnealingLROptions {
  /** Steps from the highest rate to the lowest. */
  tMax: number;
  /** The lowest rate. Default 0. */
  etaMin?: number;
}

/**
 * Half a cosine from the first rate down to `etaMin` in `tMax` steps, and up again after it.
 *
 * Source: https://arxiv.org/abs/1608.03983,
 * https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingLR.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const scheduler = new CosineAnnealingLR(optimizer, { tMax: 2 });
 * [1, 2].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [0.5, 0]
 */
export class CosineAnnealingLR extends LRScheduler {
  readonly tMax: number;
  readonly etaMin: number;

  constructor(optimizer: Scheduled, { tMax, etaMin = 0 }: CosineAnnealingLROptions) {
    checkWhole("CosineAnnealingLR", "tMax", tMax, 1);
    super(optimizer);
    this.tMax = tMax;
    this.etaMin = etaMin;
    this.step();
  }

  protected override rate(lr: number, i: number): number {
    const { lastEpoch: t, tMax, etaMin } = this;
    if (t === 0) return lr;
    const base = this.baseLrs[i] as number;
    // at a turn the factor below would divide by 0
    if ((t - 1 - tMax) % (2 * tMax) === 0) return lr + ((base - etaMin) * (1 - Math.cos(Math.PI / tMax))) / 2;
    const factor = (1 + Math.cos((Math.PI * t) / tMax)) / (1 + Math.cos((Math.PI * (t - 1)) / tMax));
    return factor * (lr - etaMin) + etaMin;
  }
}

export interface CosineAnnealingWarmRestartsOptions {
  /** Steps of the first cycle. */
  t0: number;
  /** How much longer each cycle is than the one before. Default 1. */
  tMult?: number;
  /** The lowest rate. Default 0. */
  etaMin?: number;
}

/**
 * Half a cosine from the first rate down to `etaMin`, over and over.
 *
 * Source: https://arxiv.org/abs/1608.03983,
 * https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.html
 *
 * @example
 * const optimizer = new SGD([tensor([1])], { lr: 1 });
 * const scheduler = new CosineAnnealingWarmRestarts(optimizer, { t0: 2 });
 * [1, 2, 3].map(() => (scheduler.step(), scheduler.lastLr[0])); // => [0.5, 1, 0.5]
 */
export class CosineAnnealingWarmRestarts extends LRScheduler {
  readonly t0: number;
  readonly tMult: number;
  readonly etaMin: number;
  /** Steps of the present cycle. */
  tI: number;
  /** Steps since its beginning. */
  tCur: number;

  constructor(optimizer: Scheduled, { t0, tMult = 1, etaMin = 0 }: CosineAnnealingWarmRestartsOptions) {
    checkWhole("CosineAnnealingWarmRestarts", "t0", t0, 1);
    checkWhole("CosineAnnealingWarmRestarts", "tMult", tMult, 1);
    super(optimizer);
    this.t0 = t0;
    this.tMult = tMult;
    this.etaMin = etaMin;
    this.tI = t0;
    this.tCur = -1;
    this.step();
  }

  /** Goes on by one, or to a step from 0 on, which need not be whole: `step(epoch + batch / batches)`. */
  override step(epoch?: number): void {
    if (epoch === undefined) {
      this.tCur++;
      if (this.tCur >= this.tI) {
        this.tCur -= this.tI;
        this.tI *= this.tMult;
      }
    } else this.#goTo(epoch);
    this.lastEpoch = epoch === undefined ? this.lastEpoch + 1 : Math.floor(epoch);
    this.set();
  }

  override restart(): void {
    this.step(0);
  }

  protected override rate(_: number, i: number): number {
    return (
      this.etaMin + (((this.baseLrs[i] as number) - this.etaMin) * (1 + Math.cos((Math.PI * this.tCur) / this.tI))) / 2
    );
  }

  #goTo(epoch: number): void {
    if (!(epoch >= 0))
      throw new RangeError(`CosineAnnealingWarmRestarts: the step must be a number from 0 on, got ${epoch}`);
    this.tI = this.t0;
    this.tCur = epoch;
    if (this.tMult === 1) this.tCur %= this.t0;
    else
      while (this.tCur >= this.tI) {
        this.tCur -= this.tI;
        this.tI *= this.tMult;
      }
  }
}
