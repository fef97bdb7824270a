import {
  cat,
  eq,
  type Generator,
  indexSelect,
  mul,
  ones,
  operandsText,
  pow,
  segmentSum,
  type Tensor,
  to,
  unsqueeze,
  where,
  zeros,
} from "@dl/tensor";
import { xavierUniform_ } from "../init/index.ts";
import { Linear } from "../linear.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import { checkSizes, layerText, speakingFor } from "../text.ts";
import { type Edges, edgesOf, withLoops } from "./edges.ts";

export interface GCNConvOptions {
  /** Every node hears itself twice, where loops are added. Default false. */
  improved?: boolean;
  /** Nodes without an edge to themselves get one; with `normalize` only, as in torch_geometric. Default true. */
  addSelfLoops?: boolean;
  /** Divides by the roots of both ends' degrees. Default true. */
  normalize?: boolean;
  /** Whether `b` is there and learnt. Default true. */
  bias?: boolean;
  /** Draws the initial values; default the default generator. */
  generator?: Generator | undefined;
}

/**
 * `y = D^-½ (A + I) D^-½ x Wᵀ + b`: the weighted sum of a node's neighbours, D its degrees.
 *
 * - x: `[nodes, inChannels]`, y: `[nodes, outChannels]`
 * - edgeIndex: int32 `[2, edges]`, each edge from row 0 to row 1; edgeWeight: `[edges]`, default 1
 * - lin.weight: `[outChannels, inChannels]`, Xavier uniform; bias: `[outChannels]`, zeros
 *
 * https://arxiv.org/abs/1609.02907, as torch_geometric.nn.GCNConv
 *
 * @example
 * const edges = tensor([[0, 1], [1, 0]], { dtype: "int32" });
 * new GCNConv(3, 2).forward(ones([2, 3]), edges).shape; // => [2, 2]
 */
export class GCNConv extends Module<[x: Tensor, edgeIndex: Tensor, edgeWeight?: Tensor]> {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly improved: boolean;
  readonly addSelfLoops: boolean;
  readonly normalize: boolean;
  readonly lin: Linear;
  readonly bias: Parameter | undefined;

  constructor(
    inChannels: number,
    outChannels: number,
    { improved = false, addSelfLoops = true, normalize = true, bias = true, generator }: GCNConvOptions = {},
  ) {
    super();
    checkSizes("GCNConv", { inChannels, outChannels });
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.improved = improved;
    this.addSelfLoops = addSelfLoops;
    this.normalize = normalize;
    this.lin = new Linear(inChannels, outChannels, { bias: false, generator });
    xavierUniform_(this.lin.weight, { generator });
    this.bias = bias ? new Parameter(zeros([outChannels])) : undefined;
  }

  override forward(x: Tensor, edgeIndex: Tensor, edgeWeight?: Tensor): Tensor {
    const given = edgesOf(this, x, edgeIndex, this.inChannels);
    if (edgeWeight && (edgeWeight.ndim !== 1 || edgeWeight.size !== given.sources.size))
      throw new RangeError(
        `${this}: edgeWeight needs one number for each edge ${operandsText({ edgeIndex, edgeWeight })}`,
      );
    return speakingFor(this, () => {
      const nodes = x.shape[0] as number;
      const { edges, weights } = this.weighted(given, edgeWeight ?? onesFor(x, given.sources.size), nodes);
      const messages = mul(indexSelect(this.lin.forward(x), 0, edges.sources), unsqueeze(weights, 1));
      const y = segmentSum(messages, edges.targets, { numSegments: nodes });
      return this.bias === undefined ? y : y.add(this.bias);
    });
  }

  private weighted(given: Edges, edgeWeight: Tensor, nodes: number): { edges: Edges; weights: Tensor } {
    if (!this.normalize) return { edges: given, weights: edgeWeight };
    const edges = this.addSelfLoops ? withLoops(given, nodes) : given;
    const weights = this.addSelfLoops ? cat([edgeWeight, this.loopWeights(given, edgeWeight, nodes)]) : edgeWeight;
    const degrees = segmentSum(weights, edges.targets, { numSegments: nodes });
    const scales = where(eq(degrees, 0), degrees, pow(where(eq(degrees, 0), 1, degrees), -0.5));
    const ends = mul(indexSelect(scales, 0, edges.sources), indexSelect(scales, 0, edges.targets));
    return { edges, weights: mul(weights, ends) };
  }

  /** 1, or 2 where improved; 0 where a node has an edge to itself. */
  private loopWeights({ sources, targets }: Edges, edgeWeight: Tensor, nodes: number): Tensor {
    const loops = to(eq(sources, targets), { dtype: edgeWeight.dtype });
    const has = segmentSum(loops, sources, { numSegments: nodes });
    return mul(to(eq(has, 0), { dtype: edgeWeight.dtype }), this.improved ? 2 : 1);
  }

  override toString(): string {
    return layerText("GCNConv", [this.inChannels, this.outChannels], {
      improved: [this.improved, false],
      addSelfLoops: [this.addSelfLoops, true],
      normalize: [this.normalize, true],
      bias: [this.bias !== undefined, true],
    });
  }
}

const onesFor = (x: Tensor, count: number): Tensor => ones([count], { dtype: x.dtype, device: x.device });
