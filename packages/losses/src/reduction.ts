import { mean, sum, type Tensor } from "@dl/tensor";

/** What becomes of the losses of single elements: their mean, their sum, or one each. */
export type Reduction = keyof typeof reductions;

export interface LossOptions {
  /** `mean` (default) or `sum` over everything, or `none` for one loss per element. */
  reduction?: Reduction | undefined;
}

const reductions = {
  mean: (losses: Tensor): Tensor => mean(losses),
  sum: (losses: Tensor): Tensor => sum(losses),
  none: (losses: Tensor): Tensor => losses,
} as const;

/** The reduction of that name. An unknown one throws here, before anything is computed. */
export function reducer(who: string, reduction: Reduction = "mean"): (losses: Tensor) => Tensor {
  checkReduction(who, reduction, Object.keys(reductions));
  return reductions[reduction];
}

/** Throws unless `reduction` is one of `known`. */
export function checkReduction(who: string, reduction: string, known: readonly string[]): void {
  if (known.includes(reduction)) return;
  throw new RangeError(
    `${who}: reduction must be ${known.map((name) => `"${name}"`).join(", ")}, got ${JSON.stringify(reduction)}`,
  );
}
