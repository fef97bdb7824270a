import { type CreationOptions, generateSquareSubsequentMask, operandsText, type Tensor } from "@dl/tensor";
import { xavierUniform_ } from "../init/index.ts";
import { LayerNorm } from "../layer-norm.ts";
import { Module } from "../module.ts";
import { checkSizes, layerText } from "../text.ts";
import { TransformerDecoder, TransformerDecoderLayer } from "./decoder.ts";
import { TransformerEncoder, TransformerEncoderLayer, type TransformerLayerOptions } from "./encoder.ts";

export interface TransformerOptions extends TransformerLayerOptions {
  /** Features of an element. Default 512. */
  dModel?: number;
  /** Default 8. */
  nhead?: number;
  /** Default 6. */
  numEncoderLayers?: number;
  /** Default 6. */
  numDecoderLayers?: number;
}

export interface TransformerMasks {
  /** As `attnMask` of `MultiheadAttention`, in the encoder. */
  readonly srcMask?: Tensor | undefined;
  /** As `attnMask` of `MultiheadAttention`, in the decoder. */
  readonly tgtMask?: Tensor | undefined;
  /** As `attnMask` of `MultiheadAttention`, from the decoder to the encoder. */
  readonly memoryMask?: Tensor | undefined;
  /** As `keyPaddingMask` of `MultiheadAttention`, in the encoder. */
  readonly srcKeyPaddingMask?: Tensor | undefined;
  /** As `keyPaddingMask` of `MultiheadAttention`, in the decoder. */
  readonly tgtKeyPaddingMask?: Tensor | undefined;
  /** As `keyPaddingMask` of `MultiheadAttention`, from the decoder to the encoder. */
  readonly memoryKeyPaddingMask?: Tensor | undefined;
}

/**
 * `decoder(tgt, encoder(src))`, each with a layer normalisation at its end.
 *
 * - src: `[length, batch, dModel]`, `[batch, length, dModel]` with `batchFirst`, or `[length, dModel]`
 * - tgt, result: the same with the target's length
 * - all weights of more than one dimension from Xavier's uniform distribution
 *
 * Vaswani et al. 2017, "Attention Is All You Need"; https://pytorch.org/docs/stable/generated/torch.nn.Transformer.html
 *
 * @example
 * const transformer = new Transformer({ dModel: 4, nhead: 2, numEncoderLayers: 1, numDecoderLayers: 1 });
 * transformer.forward(zeros([5, 1, 4]), zeros([3, 1, 4])).shape; // => [3, 1, 4]
 */
export class Transformer extends Module<[src: Tensor, tgt: Tensor, masks?: TransformerMasks]> {
  readonly dModel: number;
  readonly nhead: number;
  readonly batchFirst: boolean;
  readonly encoder: TransformerEncoder;
  readonly decoder: TransformerDecoder;

  constructor({
    dModel = 512,
    nhead = 8,
    numEncoderLayers = 6,
    numDecoderLayers = 6,
    ...options
  }: TransformerOptions = {}) {
    super();
    checkSizes("Transformer", { numEncoderLayers, numDecoderLayers });
    const { layerNormEps = 1e-5, batchFirst = false, generator } = options;
    this.dModel = dModel;
    this.nhead = nhead;
    this.batchFirst = batchFirst;
    const norm = (): LayerNorm => new LayerNorm(dModel, { eps: layerNormEps });
    this.encoder = new TransformerEncoder(new TransformerEncoderLayer(dModel, nhead, options), numEncoderLayers, {
      norm: norm(),
    });
    this.decoder = new TransformerDecoder(new TransformerDecoderLayer(dModel, nhead, options), numDecoderLayers, {
      norm: norm(),
    });
    for (const parameter of this.parameters()) if (parameter.ndim > 1) xavierUniform_(parameter, { generator });
  }

  /** A mask for causal self-attention: 0 on and below the diagonal, -∞ above it. Shape `[size, size]`. */
  static generateSquareSubsequentMask(size: number, options: CreationOptions = {}): Tensor {
    return generateSquareSubsequentMask(size, options);
  }

  override forward(src: Tensor, tgt: Tensor, masks: TransformerMasks = {}): Tensor {
    this.#check(src, tgt);
    const { srcMask, srcKeyPaddingMask, ...others } = masks;
    return this.decoder.forward(tgt, this.encoder.forward(src, { mask: srcMask, srcKeyPaddingMask }), others);
  }

  #check(src: Tensor, tgt: Tensor): void {
    const { dModel, batchFirst } = this;
    const who = layerText("Transformer", [], { dModel: [dModel, 512], nhead: [this.nhead, 8] });
    if (src.ndim !== tgt.ndim || (src.ndim !== 2 && src.ndim !== 3))
      throw new RangeError(`${who}: both must have 3 dimensions, or 2 without batch ${operandsText({ src, tgt })}`);
    if (src.shape.at(-1) !== dModel || tgt.shape.at(-1) !== dModel)
      throw new RangeError(`${who}: needs ${dModel} numbers in the last dimension ${operandsText({ src, tgt })}`);
    const batch = batchFirst ? 0 : 1;
    if (src.ndim === 3 && src.shape[batch] !== tgt.shape[batch])
      throw new RangeError(`${who}: batches must be equal ${operandsText({ src, tgt })}`);
  }
}
