import { embedding, type Generator, select, type Tensor, zeros } from "@dl/tensor";
import { normal_, zeros_ } from "./init/index.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";
import { checkSizes, layerText, speakingFor } from "./text.ts";

export interface EmbeddingLayerOptions {
  /** The row that starts as zeros and gets no gradient; negative counts from the end. */
  paddingIdx?: number | undefined;
  /** Divide the gradient of each row by how often its index occurs. Default false. */
  scaleGradByFreq?: boolean;
  /** Draws the initial values; default the default generator. */
  generator?: Generator | undefined;
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
export class Embedding extends Module {
  readonly numEmbeddings: number;
  readonly embeddingDim: number;
  readonly paddingIdx: number | undefined;
  readonly scaleGradByFreq: boolean;
  readonly weight: Parameter;

  constructor(numEmbeddings: number, embeddingDim: number, { paddingIdx, scaleGradByFreq = false, generator }: EmbeddingLayerOptions = {}) {
    super();
    checkSizes("Embedding", { numEmbeddings, embeddingDim });
    if (paddingIdx !== undefined && !(Number.isInteger(paddingIdx) && paddingIdx >= -numEmbeddings && paddingIdx < numEmbeddings)) {
      throw new RangeError(`Embedding: paddingIdx ${paddingIdx} is out of range for ${numEmbeddings} rows`);
    }
    this.numEmbeddings = numEmbeddings;
    this.embeddingDim = embeddingDim;
    this.paddingIdx = paddingIdx !== undefined && paddingIdx < 0 ? paddingIdx + numEmbeddings : paddingIdx;
    this.scaleGradByFreq = scaleGradByFreq;
    this.weight = normal_(new Parameter(zeros([numEmbeddings, embeddingDim])), { generator });
    if (this.paddingIdx !== undefined) zeros_(select(this.weight.detach(), 0, this.paddingIdx));
  }

  override forward(x: Tensor): Tensor {
    return speakingFor(this, () => embedding(x, this.weight, { paddingIdx: this.paddingIdx, scaleGradByFreq: this.scaleGradByFreq }));
  }

  override toString(): string {
    return layerText("Embedding", [this.numEmbeddings, this.embeddingDim], {
      paddingIdx: [this.paddingIdx, undefined],
      scaleGradByFreq: [this.scaleGradByFreq, false],
    });
  }
}
