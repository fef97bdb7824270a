import { add, type Tensor } from "@dl/tensor";
import { Dropout } from "../dropout.ts";
import { LayerNorm } from "../layer-norm.ts";
import { Linear } from "../linear.ts";
import { Module } from "../module.ts";
import { checkSizes } from "../text.ts";
import { copies, copyOf } from "./copies.ts";
import type { StackOptions, TransformerLayerOptions } from "./encoder.ts";
import { activationOf } from "./feedforward.ts";
import { MultiheadAttention } from "./multihead.ts";

export interface DecoderMasks {
  /** As `attnMask` of `MultiheadAttention`, for the decoder's own elements. */
  readonly tgtMask?: Tensor | undefined;
  /** As `attnMask` of `MultiheadAttention`, for what comes from the encoder. */
  readonly memoryMask?: Tensor | undefined;
  /** As `keyPaddingMask` of `MultiheadAttention`, for the decoder's own elements. */
  readonly tgtKeyPaddingMask?: Tensor | undefined;
  /** As `keyPaddingMask` of `MultiheadAttention`, for what comes from the encoder. */
  readonly memoryKeyPaddingMask?: Tensor | undefined;
}

/**
 * `x = norm1(tgt + attention(tgt))`, `y = norm2(x + attention(x, memory))`,
 * `z = norm3(y + linear2(activation(linear1(y))))`; with `normFirst` each part normalises what it reads instead.
 *
 * - tgt, z: `[length, batch, dModel]`, `[batch, length, dModel]` with `batchFirst`, or `[length, dModel]`
 * - memory: the same with the encoder's length
 *
 * Vaswani et al. 2017, "Attention Is All You Need";
 * https://pytorch.org/docs/stable/generated/torch.nn.TransformerDecoderLayer.html
 *
 * @example
 * const layer = new TransformerDecoderLayer(4, 2, { dimFeedforward: 8 });
 * layer.forward(zeros([3, 1, 4]), zeros([5, 1, 4])).shape; // => [3, 1, 4]
 */
export class TransformerDecoderLayer extends Module<[tgt: Tensor, memory: Tensor, masks?: DecoderMasks]> {
  readonly selfAttn: MultiheadAttention;
  readonly multiheadAttn: MultiheadAttention;
  readonly linear1: Linear;
  readonly dropout: Dropout;
  readonly linear2: Linear;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly norm3: LayerNorm;
  readonly dropout1: Dropout;
  readonly dropout2: Dropout;
  readonly dropout3: Dropout;
  readonly normFirst: boolean;
  readonly activation: (x: Tensor) => Tensor;
  readonly #copy: () => TransformerDecoderLayer;

  constructor(dModel: number, nhead: number, options: TransformerLayerOptions = {}) {
    super();
    const { dimFeedforward = 2048, dropout = 0.1, layerNormEps = 1e-5, batchFirst = false, generator } = options;
    checkSizes("TransformerDecoderLayer", { dModel, nhead, dimFeedforward }, 1);
    this.activation = activationOf("TransformerDecoderLayer", options.activation ?? "relu");
    this.normFirst = options.normFirst ?? false;
    const drop = { p: dropout, generator };
    const attention = { dropout, batchFirst, generator };
    this.selfAttn = new MultiheadAttention(dModel, nhead, attention);
    this.multiheadAttn = new MultiheadAttention(dModel, nhead, attention);
    this.linear1 = new Linear(dModel, dimFeedforward, { generator });
    this.dropout = new Dropout(drop);
    this.linear2 = new Linear(dimFeedforward, dModel, { generator });
    this.norm1 = new LayerNorm(dModel, { eps: layerNormEps });
    this.norm2 = new LayerNorm(dModel, { eps: layerNormEps });
    this.norm3 = new LayerNorm(dModel, { eps: layerNormEps });
    this.dropout1 = new Dropout(drop);
    this.dropout2 = new Dropout(drop);
    this.dropout3 = new Dropout(drop);
    this.#copy = () => copyOf(this, generator, () => new TransformerDecoderLayer(dModel, nhead, options));
  }

  override forward(tgt: Tensor, memory: Tensor, masks: DecoderMasks = {}): Tensor {
    if (this.normFirst) {
      const x = add(tgt, this.#selfAttention(this.norm1.forward(tgt), masks));
      const y = add(x, this.#attention(this.norm2.forward(x), memory, masks));
      return add(y, this.#feedforward(this.norm3.forward(y)));
    }
    const x = this.norm1.forward(add(tgt, this.#selfAttention(tgt, masks)));
    const y = this.norm2.forward(add(x, this.#attention(x, memory, masks)));
    return this.norm3.forward(add(y, this.#feedforward(y)));
  }

  /** A layer with the same values that shares nothing with this one. */
  copy(): TransformerDecoderLayer {
    return this.#copy();
  }

  #selfAttention(x: Tensor, { tgtMask, tgtKeyPaddingMask }: DecoderMasks): Tensor {
    const options = { attnMask: tgtMask, keyPaddingMask: tgtKeyPaddingMask, needWeights: false };
    return this.dropout1.forward(this.selfAttn.forward(x, x, x, options).output);
  }

  #attention(x: Tensor, memory: Tensor, { memoryMask, memoryKeyPaddingMask }: DecoderMasks): Tensor {
    const options = { attnMask: memoryMask, keyPaddingMask: memoryKeyPaddingMask, needWeights: false };
    return this.dropout2.forward(this.multiheadAttn.forward(x, memory, memory, options).output);
  }

  #feedforward(x: Tensor): Tensor {
    const inner = this.dropout.forward(this.activation(this.linear1.forward(x)));
    return this.dropout3.forward(this.linear2.forward(inner));
  }
}

/**
 * `numLayers` copies of a decoder layer, one after the other, which all start from its initial values.
 *
 * - tgt, memory, result: as of the layer
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.TransformerDecoder.html
 *
 * @example
 * const layer = new TransformerDecoderLayer(4, 2, { dimFeedforward: 8 });
 * new TransformerDecoder(layer, 2).forward(zeros([3, 1, 4]), zeros([5, 1, 4])).shape; // => [3, 1, 4]
 */
export class TransformerDecoder extends Module<[tgt: Tensor, memory: Tensor, masks?: DecoderMasks]> {
  readonly layers: readonly TransformerDecoderLayer[];
  readonly norm: Module | undefined;

  constructor(layer: TransformerDecoderLayer, numLayers: number, { norm }: StackOptions = {}) {
    super();
    checkSizes("TransformerDecoder", { numLayers });
    this.layers = copies(layer, numLayers);
    this.norm = norm;
  }

  override forward(tgt: Tensor, memory: Tensor, masks: DecoderMasks = {}): Tensor {
    const x = this.layers.reduce((value, layer) => layer.forward(value, memory, masks), tgt);
    return this.norm === undefined ? x : this.norm.forward(x);
  }
}
