import { broadcastTensors, div, mul, norm, sum, type Tensor } from "@dl/tensor";
import { atLeast } from "./at-least.ts";
import { formula } from "./formula.ts";
import { Loss } from "./loss.ts";

export interface PairwiseDistanceOptions {
  /** Any number or infinity. Default 2. */
  p?: number | undefined;
  /** Added to every difference, so that the distance of equal vectors has a gradient. Default 1e-6. */
  eps?: number | undefined;
  /** Keep the last dimension with length 1. Default false. */
  keepdim?: boolean | undefined;
}

const difference = formula("pairwiseDistance", ["x", "y"], "x - y + eps", { eps: 1e-6 });

/**
 * `‖x - y + eps‖ₚ` over the last dimension. Shapes `[..., d]` and `[..., d]`, which broadcast, to `[...]`; floats only.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.pairwise_distance.html
 *
 * @example
 * pairwiseDistance(tensor([[3, 4]]), tensor([[0, 0]]), { eps: 0 }).tolist(); // => [5]
 */
export const pairwiseDistance = (
  x: Tensor,
  y: Tensor,
  { p = 2, eps = 1e-6, keepdim = false }: PairwiseDistanceOptions = {},
): Tensor => norm(difference([x, y], { eps }), { p, dim: -1, keepdim });

/** `pairwiseDistance` with its options. */
export class PairwiseDistance extends Loss<PairwiseDistanceOptions> {
  constructor(options: PairwiseDistanceOptions = {}) {
    super("PairwiseDistance", options);
  }

  override forward(x: Tensor, y: Tensor): Tensor {
    return pairwiseDistance(x, y, this.options);
  }
}

export interface CosineSimilarityOptions {
  /** The dimension of the vectors. Default 1. */
  dim?: number | undefined;
  /** Shorter vectors count as this long. Default 1e-8. */
  eps?: number | undefined;
}

/**
 * `x · y / (‖x‖ ‖y‖)` along `dim`: 1 for one direction, 0 for a right angle, -1 for opposites. Shapes broadcast and lose
 * `dim`; floats only.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.cosine_similarity.html
 *
 * @example
 * cosineSimilarity(tensor([[1, 0], [2, 0]]), tensor([[0, 2], [3, 0]])).tolist(); // => [0, 1]
 */
export function cosineSimilarity(x: Tensor, y: Tensor, { dim = 1, eps = 1e-8 }: CosineSimilarityOptions = {}): Tensor {
  const [left, right] = broadcastTensors([x, y], { who: "cosineSimilarity" }) as [Tensor, Tensor];
  const direction = (v: Tensor): Tensor => div(v, atLeast(norm(v, { dim, keepdim: true }), eps));
  return sum(mul(direction(left), direction(right)), { dim });
}

/** `cosineSimilarity` with its options. */
export class CosineSimilarity extends Loss<CosineSimilarityOptions> {
  constructor(options: CosineSimilarityOptions = {}) {
    super("CosineSimilarity", options);
  }

  override forward(x: Tensor, y: Tensor): Tensor {
    return cosineSimilarity(x, y, this.options);
  }
}
