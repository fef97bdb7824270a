import { mul, operandsText, square, sum, type Tensor } from "@dl/tensor";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";
import { type LossOptions, reducer } from "./reduction.ts";

export interface CosineEmbeddingLossOptions extends LossOptions {
  /** Cosines of unlike pairs below it cost nothing: -1 to 1. Default 0. */
  margin?: number | undefined;
}

const value = formula(
  "cosineEmbeddingLoss",
  ["product", "length1", "length2", "target"],
  `let cosine = product / sqrt((length1 + 1e-12) * (length2 + 1e-12));
  target == 1 ? 1 - cosine : target == -1 ? clamp(cosine - margin, 0, inf) : 0`,
  { margin: 0 },
);

/**
 * `1 - cos(input1, input2)` where the target is 1, `max(0, cos(input1, input2) - margin)` where it is -1; by default the
 * mean.
 *
 * - input1, input2: `[batch, d]`, or `[d]` for one pair
 * - target: `[batch]`, or `[]` for one pair
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.cosine_embedding_loss.html
 *
 * @example
 * cosineEmbeddingLoss(tensor([[1, 0]]), tensor([[0, 1]]), tensor([1])).item(); // => 1
 */
export function cosineEmbeddingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  { margin = 0, reduction }: CosineEmbeddingLossOptions = {},
): Tensor {
  const reduce = reducer("cosineEmbeddingLoss", reduction);
  const rank = target.ndim + 1;
  if (rank > 2 || input1.ndim !== rank || input2.ndim !== rank) {
    throw new RangeError(
      `cosineEmbeddingLoss: inputs must be [batch, d] with target [batch], or [d] with target [] ${operandsText({ input1, input2, target })}`,
    );
  }
  const total = (x: Tensor): Tensor => sum(x, { dim: -1 });
  return reduce(value([total(mul(input1, input2)), total(square(input1)), total(square(input2)), target], { margin }));
}

/** `cosineEmbeddingLoss` with its options. */
export class CosineEmbeddingLoss extends Loss<CosineEmbeddingLossOptions> {
  constructor(options: CosineEmbeddingLossOptions = {}) {
    super("CosineEmbeddingLoss", options);
  }

  override forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    return cosineEmbeddingLoss(input1, input2, target, this.options);
  }
}
