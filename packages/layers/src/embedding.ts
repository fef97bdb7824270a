import { embedding, embeddingBag, type Generator, select, type Tensor, zeros } from "@dl/tensor";
import { normal_, zeros_ } from "./init/index.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";
import { checkSizes, layerText, speakingFor, type Told } from "./text.ts";

export interface EmbeddingLayerOptions {
  /** The row that starts as zeros and gets no gradient; negative counts from the end. */
  paddingIdx?: number | undefined;
  /** Rows that are used and whose norm is larger are scaled down to it first, in place. */
  maxNorm?: number | undefined;
  /** The power of that norm. Default 2. */
  normType?: number;
  /** Divide the gradient of each row by how often its index occurs. Default false. */
  scaleGradByFreq?: boolean;
  /** Draws the initial values; default the default generator. */
  generator?: Generator | undefined;
}

/** What lookups of rows share: their table. */
abstract class AnyEmbedding<Inputs extends readonly unknown[]> extends Module<Inputs> {
  readonly numEmbeddings: number;
  readonly embeddingDim: number;
  readonly paddingIdx: number | undefined;
  readonly maxNorm: number | undefined;
  readonly normType: number;
  readonly scaleGradByFreq: boolean;
  readonly weight: Parameter;

  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingLayerOptions = {}) {
    super();
    const { paddingIdx, maxNorm, normType = 2, scaleGradByFreq = false, generator } = options;
    const who = this.constructor.name;
    checkSizes(who, { numEmbeddings, embeddingDim });
    if (
      paddingIdx !== undefined &&
      !(Number.isInteger(paddingIdx) && paddingIdx >= -numEmbeddings && paddingIdx < numEmbeddings)
    ) {
      throw new RangeError(`${who}: paddingIdx ${paddingIdx} is out of range for ${numEmbeddings} rows`);
    }
    this.numEmbeddings = numEmbeddings;
    this.embeddingDim = embeddingDim;
    this.paddingIdx = paddingIdx !== undefined && paddingIdx < 0 ? paddingIdx + numEmbeddings : paddingIdx;
    this.maxNorm = maxNorm;
    this.normType = normType;
    this.scaleGradByFreq = scaleGradByFreq;
    this.weight = normal_(new Parameter(zeros([numEmbeddings, embeddingDim])), { generator });
    if (this.paddingIdx !== undefined) zeros_(select(this.weight.detach(), 0, this.paddingIdx));
  }

  /** The options that are not the usual ones. */
  protected told(): Record<string, Told> {
    return {
      paddingIdx: [this.paddingIdx, undefined],
      maxNorm: [this.maxNorm, undefined],
      normType: [this.normType, 2],
      scaleGradByFreq: [this.scaleGradByFreq, false],
    };
  }

  override toString(): string {
    return layerText(this.constructor.name, [this.numEmbeddings, this.embeddingDim], this.told());
  }
}

/**
 * The rows of a table that indices name: `y[..., :] = weight[x[...], :]`
 *
 * - x: `[...]` of int32, 0 to numEmbeddings - 1
 * - y: `[..., embeddingDim]`
 * - weight: `[numEmbeddings, embeddingDim]` from N(0, 1)
 *
 * @example
 * new Embedding(10, 3).forward(tensor([[1, 2, 4]], { dtype: "int32" })).shape; // => [1, 3, 3]
 */
export class Embedding extends AnyEmbedding<[x: Tensor]> {
  override forward(x: Tensor): Tensor {
    const { weight, paddingIdx, maxNorm, normType, scaleGradByFreq } = this;
    return speakingFor(this, () => embedding(x, weight, { paddingIdx, maxNorm, normType, scaleGradByFreq }));
  }
}

export interface EmbeddingBagLayerOptions extends EmbeddingLayerOptions {
  /** What becomes of a bag's rows. Default "mean". */
  mode?: "sum" | "mean" | "max";
  /** `offsets` ends with the number of indices. Default false. */
  includeLastOffset?: boolean;
}

/**
 * The sum, mean or maximum of a table's rows in each bag of indices, without the rows themselves.
 *
 * - x: `[bags, n]` of int32, or `[n]` with offsets `[bags]`, where each bag begins
 * - perSampleWeights: factors of the rows, of the shape of x; for "sum" only
 * - y: `[bags, embeddingDim]`
 * - weight: `[numEmbeddings, embeddingDim]` from N(0, 1)
 *
 * @example
 * new EmbeddingBag(10, 3).forward(tensor([[1, 2], [4, 0]], { dtype: "int32" })).shape; // => [2, 3]
 */
export class EmbeddingBag extends AnyEmbedding<[x: Tensor, offsets?: Tensor, perSampleWeights?: Tensor]> {
  readonly mode: "sum" | "mean" | "max";
  readonly includeLastOffset: boolean;

  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingBagLayerOptions = {}) {
    super(numEmbeddings, embeddingDim, options);
    const { mode = "mean", includeLastOffset = false } = options;
    if (mode !== "sum" && mode !== "mean" && mode !== "max")
      throw new RangeError(`EmbeddingBag: mode must be sum, mean or max, got ${String(mode)}`);
    this.mode = mode;
    this.includeLastOffset = includeLastOffset;
  }

  override forward(x: Tensor, offsets?: Tensor, perSampleWeights?: Tensor): Tensor {
    const { weight, mode, includeLastOffset, paddingIdx, maxNorm, normType, scaleGradByFreq } = this;
    const options = {
      offsets,
      perSampleWeights,
      mode,
      includeLastOffset,
      paddingIdx,
      maxNorm,
      normType,
      scaleGradByFreq,
    };
    return speakingFor(this, () => embeddingBag(x, weight, options));
  }

  protected override told(): Record<string, Told> {
    return { ...super.told(), mode: [this.mode, "mean"], includeLastOffset: [this.includeLastOffset, false] };
  }
}
