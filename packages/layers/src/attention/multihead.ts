import {
  cat,
  chunk,
  dropout,
  expand,
  type Generator,
  linear,
  matmul,
  mean,
  mul,
  narrow,
  operandsText,
  scaledDotProductAttention,
  softmax,
  squeeze,
  type Tensor,
  transpose,
  unsqueeze,
  view,
  zeros,
} from "@dl/tensor";
import { xavierNormal_, xavierUniform_, zeros_ } from "../init/index.ts";
import { Linear } from "../linear.ts";
import { Module } from "../module.ts";
import { Parameter } from "../parameter.ts";
import { checkProbability, checkSizes, layerText, speakingFor } from "../text.ts";
import type { KeyValueCache } from "./cache.ts";
import { type AttentionMasks, addedMask, withMasks } from "./masks.ts";
import { joinHeads, selfAttention, splitHeads } from "./self-attention.ts";

export interface MultiheadAttentionOptions {
  /** Probability with which a weight is dropped in training. Default 0. */
  dropout?: number;
  /** Whether the projections have biases. Default true. */
  bias?: boolean;
  /** One more key and value, learnt. Default false. */
  addBiasKv?: boolean;
  /** One more key and value of zeros. Default false. */
  addZeroAttn?: boolean;
  /** Features of keys. Default `embedDim`. */
  kdim?: number;
  /** Features of values. Default `embedDim`. */
  vdim?: number;
  /** `[batch, length, features]` instead of `[length, batch, features]`. Default false. */
  batchFirst?: boolean;
  /** Draws the initial values and what is dropped; default the default generator. */
  generator?: Generator | undefined;
}

export interface AttendOptions extends AttentionMasks {
  /** Whether `weights` come out. Default true. */
  readonly needWeights?: boolean | undefined;
  /** One weight for all heads, their mean, instead of one for each. Default true. */
  readonly averageAttnWeights?: boolean | undefined;
  /** Earlier keys and values to look at, which the new ones join. Masks then speak of all keys. */
  readonly cache?: KeyValueCache | undefined;
}

export interface Attended {
  readonly output: Tensor;
  /** `[batch, queries, keys]`, or `[batch, heads, queries, keys]` where not averaged; undefined where not wanted. */
  readonly weights: Tensor | undefined;
}

/**
 * `headᵢ = softmax(Q Kᵀ / √d + mask) V` for every head i, with Q, K and V linear in query, key and value, joined by one
 * more linear map. d is `embedDim / numHeads`.
 *
 * - query: `[queries, batch, embedDim]`, `[batch, queries, embedDim]` with `batchFirst`, or `[queries, embedDim]`
 * - key, value: the same with `keys` and `kdim`, `vdim` in place of `queries` and `embedDim`
 * - output: as query
 * - inProjWeight: `[3 embedDim, embedDim]`, or qProjWeight, kProjWeight, vProjWeight, from Xavier's uniform
 *   distribution; inProjBias: `[3 embedDim]`, zeros; outProj: a `Linear` with bias 0; biasK, biasV: `[1, 1, embedDim]`
 *
 * Vaswani et al. 2017, "Attention Is All You Need";
 * https://pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html
 *
 * @example
 * const x = zeros([2, 3, 4]);
 * new MultiheadAttention(4, 2, { batchFirst: true }).forward(x, x, x).output.shape; // => [2, 3, 4]
 */
export class MultiheadAttention extends Module<
  [query: Tensor, key: Tensor, value: Tensor, options?: AttendOptions],
  Attended
> {
  readonly embedDim: number;
  readonly numHeads: number;
  readonly kdim: number;
  readonly vdim: number;
  readonly dropout: number;
  readonly batchFirst: boolean;
  readonly addZeroAttn: boolean;
  readonly generator: Generator | undefined;
  readonly inProjWeight: Parameter | undefined;
  readonly qProjWeight: Parameter | undefined;
  readonly kProjWeight: Parameter | undefined;
  readonly vProjWeight: Parameter | undefined;
  readonly inProjBias: Parameter | undefined;
  readonly outProj: Linear;
  readonly biasK: Parameter | undefined;
  readonly biasV: Parameter | undefined;

  constructor(
    embedDim: number,
    numHeads: number,
    {
      dropout: p = 0,
      bias = true,
      addBiasKv = false,
      addZeroAttn = false,
      kdim = embedDim,
      vdim = embedDim,
      batchFirst = false,
      generator,
    }: MultiheadAttentionOptions = {},
  ) {
    super();
    checkSizes("MultiheadAttention", { embedDim, numHeads, kdim, vdim }, 1);
    if (embedDim % numHeads !== 0)
      throw new RangeError(`MultiheadAttention: numHeads ${numHeads} do not divide embedDim ${embedDim}`);
    checkProbability("MultiheadAttention", "dropout", p);
    this.embedDim = embedDim;
    this.numHeads = numHeads;
    this.kdim = kdim;
    this.vdim = vdim;
    this.dropout = p;
    this.batchFirst = batchFirst;
    this.addZeroAttn = addZeroAttn;
    this.generator = generator;
    this.outProj = new Linear(embedDim, embedDim, { bias, generator });
    if (this.outProj.bias !== undefined) zeros_(this.outProj.bias);
    const drawn = (rows: number, columns: number): Parameter =>
      xavierUniform_(new Parameter(zeros([rows, columns])), { generator });
    const one = kdim === embedDim && vdim === embedDim;
    this.inProjWeight = one ? drawn(3 * embedDim, embedDim) : undefined;
    this.qProjWeight = one ? undefined : drawn(embedDim, embedDim);
    this.kProjWeight = one ? undefined : drawn(embedDim, kdim);
    this.vProjWeight = one ? undefined : drawn(embedDim, vdim);
    this.inProjBias = bias ? new Parameter(zeros([3 * embedDim])) : undefined;
    const extra = (): Parameter => xavierNormal_(new Parameter(zeros([1, 1, embedDim])), { generator });
    this.biasK = addBiasKv ? extra() : undefined;
    this.biasV = addBiasKv ? extra() : undefined;
  }

  override forward(query: Tensor, key: Tensor, value: Tensor, options: AttendOptions = {}): Attended {
    this.#check(query, key, value);
    return speakingFor(this, () => {
      if (query.ndim === 3) return this.#attend(query, key, value, options, true);
      const batch = this.batchFirst ? 0 : 1;
      const alone = (x: Tensor): Tensor => unsqueeze(x, batch);
      const self = query === key && key === value;
      const one = alone(query);
      const { output, weights } = this.#attend(one, self ? one : alone(key), self ? one : alone(value), options, false);
      return { output: squeeze(output, batch), weights: weights && squeeze(weights, 0) };
    });
  }

  override toString(): string {
    return layerText("MultiheadAttention", [this.embedDim, this.numHeads], {
      dropout: [this.dropout, 0],
      bias: [this.inProjBias !== undefined, true],
      addBiasKv: [this.biasK !== undefined, false],
      addZeroAttn: [this.addZeroAttn, false],
      kdim: [this.kdim, this.embedDim],
      vdim: [this.vdim, this.embedDim],
      batchFirst: [this.batchFirst, false],
    });
  }

  #attend(query: Tensor, key: Tensor, value: Tensor, options: AttendOptions, batched: boolean): Attended {
    const { needWeights = true, averageAttnWeights = true, cache } = options;
    const { inProjWeight, inProjBias } = this;
    if (inProjWeight !== undefined && query === key && key === value && this.#isPlain(options)) {
      const { numHeads, batchFirst } = this;
      const qkv = linear(query, inProjWeight, inProjBias);
      const seen = selfAttention(qkv, { ...options, numHeads, batchFirst, batched });
      return { output: this.outProj.forward(seen), weights: undefined };
    }
    const [q, keys, values] = this.#projected(query, key, value).map((x) => splitHeads(x, this)) as Three;
    const all = cache?.with({ keys, values }) ?? { keys, values };
    const more = this.#extraKeys(keys);
    const [k, v] = [joined(all.keys, more.keys), joined(all.values, more.values)];
    const scored = { batched, extra: more.keys.length };
    if (!needWeights && !this.#drops) {
      const shape = [...q.shape.slice(0, -1), k.shape[2] as number];
      const attnMask = addedMask({ shape, dtype: q.dtype, device: q.device }, options, scored);
      cache?.keep(all);
      const seen = scaledDotProductAttention(q, k, v, { attnMask });
      return { output: this.outProj.forward(joinHeads(seen, this.batchFirst)), weights: undefined };
    }
    const scores = matmul(mul(q, 1 / Math.sqrt(this.embedDim / this.numHeads)), transpose(k));
    const masked = withMasks(scores, options, scored);
    cache?.keep(all);
    const seen = softmax(masked, { dim: -1 });
    const weights = dropout(seen, { p: this.dropout, training: this.training, generator: this.generator });
    const output = this.outProj.forward(joinHeads(matmul(weights, v), this.batchFirst));
    if (!needWeights) return { output, weights: undefined };
    return { output, weights: averageAttnWeights ? mean(weights, { dim: 1 }) : weights };
  }

  #projected(query: Tensor, key: Tensor, value: Tensor): Three {
    const { inProjWeight, inProjBias, embedDim } = this;
    if (inProjWeight !== undefined && query === key && key === value)
      return chunk(linear(query, inProjWeight, inProjBias), 3, { dim: -1 }) as Three;
    const weights =
      inProjWeight === undefined ? [this.qProjWeight, this.kProjWeight, this.vProjWeight] : chunk(inProjWeight, 3);
    return [query, key, value].map((x, i) =>
      linear(x, weights[i] as Tensor, inProjBias && narrow(inProjBias, 0, i * embedDim, embedDim)),
    ) as Three;
  }

  /** Whether the heads make nothing but the output, from keys and values that all come from the elements. */
  #isPlain({ needWeights = true, cache, attnMask, keyPaddingMask }: AttendOptions): boolean {
    const learns = [attnMask, keyPaddingMask].some((mask) => mask?.requiresGrad === true);
    const hasMore = cache !== undefined || this.biasK !== undefined || this.addZeroAttn;
    return !(needWeights || this.#drops || learns || hasMore);
  }

  get #drops(): boolean {
    return this.training && this.dropout > 0;
  }

  /** The learnt key and value, then those of zeros. */
  #extraKeys(keys: Tensor): { keys: Tensor[]; values: Tensor[] } {
    const [batch, heads, , size] = keys.shape as [number, number, number, number];
    const learnt = (bias: Tensor | undefined): Tensor[] =>
      bias === undefined ? [] : [expand(view(bias, [1, heads, 1, size]), [batch, heads, 1, size])];
    const zero = this.addZeroAttn ? [zeros([batch, heads, 1, size], { dtype: keys.dtype, device: keys.device })] : [];
    return { keys: [...learnt(this.biasK), ...zero], values: [...learnt(this.biasV), ...zero] };
  }

  #check(query: Tensor, key: Tensor, value: Tensor): void {
    const { embedDim, kdim, vdim, batchFirst } = this;
    const operands = { query, key, value };
    const [batch, length] = batchFirst ? [0, 1] : [1, 0];
    const ranks = (query.ndim === 2 || query.ndim === 3) && key.ndim === query.ndim && value.ndim === query.ndim;
    if (!ranks)
      throw new RangeError(`${this}: all must have 3 dimensions, or 2 without batch ${operandsText(operands)}`);
    const fits = [query, key, value].every((x, i) => x.shape.at(-1) === [embedDim, kdim, vdim][i]);
    if (!fits) {
      throw new RangeError(
        `${this}: needs ${embedDim}, ${kdim} and ${vdim} numbers in the last dimension ${operandsText(operands)}`,
      );
    }
    const along = query.ndim === 2 ? 0 : length;
    const sameBatch = query.ndim === 2 || [key, value].every((x) => x.shape[batch] === query.shape[batch]);
    if (sameBatch && key.shape[along] === value.shape[along]) return;
    throw new RangeError(`${this}: batches must be equal, and as many keys as values ${operandsText(operands)}`);
  }
}

type Three = [Tensor, Tensor, Tensor];

const joined = (x: Tensor, more: readonly Tensor[]): Tensor => (more.length === 0 ? x : cat([x, ...more], { dim: 2 }));
