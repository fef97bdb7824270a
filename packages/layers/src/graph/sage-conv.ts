import {
  add,
  type Generator,
  indexSelect,
  normalize,
  segmentMax,
  segmentMean,
  segmentSum,
  type Tensor,
} from "@dl/tensor";
import { Linear } from "../linear.ts";
import { Module } from "../module.ts";
import { checkSizes, layerText, speakingFor } from "../text.ts";
import { edgesOf } from "./edges.ts";

export interface SAGEConvOptions {
  /** How neighbours are combined. Default "mean". */
  aggr?: "mean" | "max" | "sum";
  /** Results of length 1. Default false. */
  normalize?: boolean;
  /** Whether a node hears itself, through `W₂`. Default true. */
  rootWeight?: boolean;
  /** Whether `b` is there and learnt. Default true. */
  bias?: boolean;
  /** Draws the initial values; default the default generator. */
  generator?: Generator | undefined;
}

const aggregations = { mean: segmentMean, max: segmentMax, sum: segmentSum } as const;

/**
 * `y_i = W₁ mean_j(x_j) + b + W₂ x_i` over the neighbours j of i.
 *
 * - x: `[nodes, inChannels]`, y: `[nodes, outChannels]`
 * - edgeIndex: int32 `[2, edges]`, each edge from row 0 (j) to row 1 (i); a node without edges hears 0
 * - lin_l (W₁, b), lin_r (W₂): see `Linear`
 *
 * https://arxiv.org/abs/1706.02216, as torch_geometric.nn.SAGEConv
 *
 * @example
 * const edges = tensor([[0, 1], [1, 0]], { dtype: "int32" });
 * new SAGEConv(3, 2).forward(ones([2, 3]), edges).shape; // => [2, 2]
 */
export class SAGEConv extends Module<[x: Tensor, edgeIndex: Tensor]> {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly aggr: "mean" | "max" | "sum";
  readonly normalize: boolean;
  readonly linL: Linear;
  readonly linR: Linear | undefined;

  constructor(
    inChannels: number,
    outChannels: number,
    { aggr = "mean", normalize: unit = false, rootWeight = true, bias = true, generator }: SAGEConvOptions = {},
  ) {
    super();
    checkSizes("SAGEConv", { inChannels, outChannels });
    if (!(aggr in aggregations)) throw new RangeError(`SAGEConv: aggr must be mean, max or sum: got ${String(aggr)}`);
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.aggr = aggr;
    this.normalize = unit;
    this.linL = new Linear(inChannels, outChannels, { bias, generator });
    this.linR = rootWeight ? new Linear(inChannels, outChannels, { bias: false, generator }) : undefined;
  }

  override forward(x: Tensor, edgeIndex: Tensor): Tensor {
    const { sources, targets } = edgesOf(this, x, edgeIndex, this.inChannels);
    return speakingFor(this, () => {
      const heard = aggregations[this.aggr](indexSelect(x, 0, sources), targets, { numSegments: x.shape[0] as number });
      const neighbours = this.linL.forward(heard);
      const y = this.linR === undefined ? neighbours : add(neighbours, this.linR.forward(x));
      return this.normalize ? normalize(y, { dim: 1 }) : y;
    });
  }

  override toString(): string {
    return layerText("SAGEConv", [this.inChannels, this.outChannels], {
      aggr: [this.aggr, "mean"],
      normalize: [this.normalize, false],
      rootWeight: [this.linR !== undefined, true],
      bias: [this.linL.bias !== undefined, true],
    });
  }
}
