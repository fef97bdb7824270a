import {
  add,
  cat,
  dropout,
  eq,
  type Generator,
  indexSelect,
  leakyRelu,
  maskedFill,
  mean,
  mul,
  segmentSoftmax,
  segmentSum,
  sum,
  type Tensor,
  unsqueeze,
  view,
  zeros,
} from "@dl/tensor";
import { xavierUniform_ } from "../init/index.ts";
import { Linear } from "../linear.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import { checkProbability, checkSizes, layerText, speakingFor } from "../text.ts";
import { type Edges, edgesOf, withLoops } from "./edges.ts";

export interface GATConvOptions {
  /** Independent attentions. Default 1. */
  heads?: number;
  /** Heads side by side; false takes their mean. Default true. */
  concat?: boolean;
  /** Slope of the scores below 0. Default 0.2. */
  negativeSlope?: number;
  /** Share of the attention weights that is dropped in training. Default 0. */
  dropout?: number;
  /** Every node hears itself, once. Default true. */
  addSelfLoops?: boolean;
  /** Whether `b` is there and learnt. Default true. */
  bias?: boolean;
  /** Draws initial values and dropout; default the default generator. */
  generator?: Generator | undefined;
}

/**
 * `y_i = Σ_j α_ij W x_j + b` over the neighbours j of i, `α_ij = softmax_j(leakyRelu(a_src · W x_j + a_dst · W x_i))`.
 *
 * - x: `[nodes, inChannels]`, y: `[nodes, heads · outChannels]`, or `[nodes, outChannels]` without `concat`
 * - edgeIndex: int32 `[2, edges]`, each edge from row 0 (j) to row 1 (i)
 * - lin.weight: `[heads · outChannels, inChannels]`, att_src, att_dst: `[1, heads, outChannels]`, Xavier uniform;
 *   bias: zeros
 *
 * https://arxiv.org/abs/1710.10903, as torch_geometric.nn.GATConv
 *
 * @example
 * const edges = tensor([[0, 1], [1, 0]], { dtype: "int32" });
 * new GATConv(3, 2, { heads: 4 }).forward(ones([2, 3]), edges).shape; // => [2, 8]
 */
export class GATConv extends Module<[x: Tensor, edgeIndex: Tensor]> {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly heads: number;
  readonly concat: boolean;
  readonly negativeSlope: number;
  readonly dropout: number;
  readonly addSelfLoops: boolean;
  readonly generator: Generator | undefined;
  readonly lin: Linear;
  readonly attSrc: Parameter;
  readonly attDst: Parameter;
  readonly bias: Parameter | undefined;

  constructor(
    inChannels: number,
    outChannels: number,
    {
      heads = 1,
      concat = true,
      negativeSlope = 0.2,
      dropout: share = 0,
      addSelfLoops = true,
      bias = true,
      generator,
    }: GATConvOptions = {},
  ) {
    super();
    checkSizes("GATConv", { inChannels, outChannels });
    checkSizes("GATConv", { heads }, 1);
    checkProbability("GATConv", "dropout", share);
    this.inChannels = inChannels;
    this.outChannels = outChannels;
    this.heads = heads;
    this.concat = concat;
    this.negativeSlope = negativeSlope;
    this.dropout = share;
    this.addSelfLoops = addSelfLoops;
    this.generator = generator;
    this.lin = new Linear(inChannels, heads * outChannels, { bias: false, generator });
    xavierUniform_(this.lin.weight, { generator });
    this.attSrc = xavierUniform_(new Parameter(zeros([1, heads, outChannels])), { generator });
    this.attDst = xavierUniform_(new Parameter(zeros([1, heads, outChannels])), { generator });
    this.bias = bias ? new Parameter(zeros([concat ? heads * outChannels : outChannels])) : undefined;
  }

  override forward(x: Tensor, edgeIndex: Tensor): Tensor {
    const given = edgesOf(this, x, edgeIndex, this.inChannels);
    return speakingFor(this, () => {
      const nodes = x.shape[0] as number;
      const values = view(this.lin.forward(x), [nodes, this.heads, this.outChannels]);
      const edges = this.addSelfLoops ? withLoops(given, nodes) : given;
      const attention = this.attention(values, edges, given);
      const messages = mul(indexSelect(values, 0, edges.sources), unsqueeze(attention, 2));
      const heard = segmentSum(messages, edges.targets, { numSegments: nodes });
      const y = this.concat ? view(heard, [nodes, this.heads * this.outChannels]) : mean(heard, { dim: 1 });
      return this.bias === undefined ? y : y.add(this.bias);
    });
  }

  /** How much each edge counts for its target: `[edges, heads]`. */
  private attention(values: Tensor, edges: Edges, given: Edges): Tensor {
    const numSegments = values.shape[0] as number;
    const source = sum(mul(values, this.attSrc), { dim: 2 });
    const target = sum(mul(values, this.attDst), { dim: 2 });
    const both = add(indexSelect(source, 0, edges.sources), indexSelect(target, 0, edges.targets));
    const scores = leakyRelu(both, { negativeSlope: this.negativeSlope });
    const heard = this.addSelfLoops ? maskedFill(scores, loopsGiven(given, edges), Number.NEGATIVE_INFINITY) : scores;
    const attention = segmentSoftmax(heard, edges.targets, { numSegments });
    return dropout(attention, { p: this.dropout, training: this.training, generator: this.generator });
  }

  override toString(): string {
    return layerText("GATConv", [this.inChannels, this.outChannels], {
      heads: [this.heads, 1],
      concat: [this.concat, true],
      negativeSlope: [this.negativeSlope, 0.2],
      dropout: [this.dropout, 0],
      addSelfLoops: [this.addSelfLoops, true],
      bias: [this.bias !== undefined, true],
    });
  }
}

/** Which edges are loops that were there before every node got its own: bool `[edges, 1]`. */
function loopsGiven(given: Edges, edges: Edges): Tensor {
  const added = zeros([edges.sources.size - given.sources.size], { dtype: "bool", device: edges.sources.device });
  return unsqueeze(cat([eq(given.sources, given.targets), added]), 1);
}
