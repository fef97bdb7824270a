import { minimum, operandsText, type Tensor } from "@dl/tensor";
import { pairwiseDistance } from "./distance.ts";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

interface TripletOptions extends LossOptions {
  /** By how much the negative should be farther than the positive. Default 1. */
  margin?: number | undefined;
  /** Take the distance of the negative from the positive where that is less than from the anchor. Default false. */
  swap?: boolean | undefined;
}

export interface TripletMarginLossOptions extends TripletOptions {
  /** Of the distance. Default 2. */
  p?: number | undefined;
  /** Added to every difference. Default 1e-6. */
  eps?: number | undefined;
}

/**
 * `max(0, ‖anchor - positive‖ₚ - ‖anchor - negative‖ₚ + margin)`, by default the mean. Shapes `[batch, d]` or `[d]`, all
 * of one rank; they broadcast.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.triplet_margin_loss.html
 *
 * @example
 * tripletMarginLoss(tensor([[0, 0]]), tensor([[0, 3]]), tensor([[2, 0]])).item().toFixed(3); // => "2.000"
 */
export function tripletMarginLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  { p = 2, eps = 1e-6, ...options }: TripletMarginLossOptions = {},
): Tensor {
  return hinged(
    "tripletMarginLoss",
    [anchor, positive, negative],
    (x, y) => pairwiseDistance(x, y, { p, eps }),
    options,
  );
}

/** `tripletMarginLoss` with its options. */
export class TripletMarginLoss extends Loss<TripletMarginLossOptions> {
  constructor(options: TripletMarginLossOptions = {}) {
    super("TripletMarginLoss", options);
  }

  override forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    return tripletMarginLoss(anchor, positive, negative, this.options);
  }
}

/** How far rows of `x` are from those of `y`. */
export type DistanceFunction = (x: Tensor, y: Tensor) => Tensor;

export interface TripletMarginWithDistanceLossOptions extends TripletOptions {
  /** Default `pairwiseDistance`. */
  distanceFunction?: DistanceFunction | undefined;
}

/**
 * `max(0, d(anchor, positive) - d(anchor, negative) + margin)` for any distance d, by default the mean. Shapes as for
 * `tripletMarginLoss`.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.triplet_margin_with_distance_loss.html
 *
 * @example
 * const cityBlock = (x, y) => pairwiseDistance(x, y, { p: 1, eps: 0 });
 * tripletMarginWithDistanceLoss(tensor([[0, 0]]), tensor([[1, 3]]), tensor([[2, 0]]), { distanceFunction: cityBlock }).item(); // => 3
 */
export function tripletMarginWithDistanceLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  { distanceFunction = pairwiseDistance, ...options }: TripletMarginWithDistanceLossOptions = {},
): Tensor {
  return hinged(
    "tripletMarginWithDistanceLoss",
    [anchor, positive, negative],
    (x, y) => distanceFunction(x, y),
    options,
  );
}

/** `tripletMarginWithDistanceLoss` with its options. */
export class TripletMarginWithDistanceLoss extends Loss<TripletMarginWithDistanceLossOptions> {
  constructor(options: TripletMarginWithDistanceLossOptions = {}) {
    super("TripletMarginWithDistanceLoss", options);
  }

  override forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    return tripletMarginWithDistanceLoss(anchor, positive, negative, this.options);
  }
}

const hinge = formula("tripletMarginLoss", ["near", "far"], "clamp(near - far + margin, 0, inf)", { margin: 1 });

function hinged(
  who: string,
  [anchor, positive, negative]: readonly [Tensor, Tensor, Tensor],
  distance: DistanceFunction,
  { margin = 1, swap = false, reduction }: TripletOptions,
): Tensor {
  const reduce = reducer(who, reduction);
  if (anchor.ndim !== positive.ndim || anchor.ndim !== negative.ndim) {
    throw new RangeError(
      `${who}: operands differ in rank: ${anchor.ndim}, ${positive.ndim} and ${negative.ndim} ${operandsText({ anchor, positive, negative })}`,
    );
  }
  const near = distance(anchor, positive);
  const far = distance(anchor, negative);
  return reduce(hinge([near, swap ? minimum(far, distance(positive, negative)) : far], { margin }));
}
