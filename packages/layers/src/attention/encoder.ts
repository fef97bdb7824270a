import { add, type Generator, type Tensor } from "@dl/tensor";
import { Dropout } from "../dropout.ts";
import { LayerNorm } from "../layer-norm.ts";
import { Linear } from "../linear.ts";
import { Module } from "../module.ts";
import { checkSizes } from "../text.ts";
import { copies, copyOf } from "./copies.ts";
import { type Activation, activationOf } from "./feedforward.ts";
import { MultiheadAttention } from "./multihead.ts";

export interface TransformerLayerOptions {
  /** Features between the two linear maps. Default 2048. */
  dimFeedforward?: number;
  /** Probability of a zero, in training. Default 0.1. */
  dropout?: number;
  /** Default "relu". */
  activation?: Activation;
  /** Added to the variance in layer normalisation. Default 1e-5. */
  layerNormEps?: number;
  /** `[batch, length, features]` instead of `[length, batch, features]`. Default false. */
  batchFirst?: boolean;
  /** Normalises before attention and feedforward instead of after adding their result. Default false. */
  normFirst?: boolean;
  /** Draws the initial values and what is dropped; default the default generator. */
  generator?: Generator | undefined;
}

export interface EncoderLayerMasks {
  /** As `attnMask` of `MultiheadAttention`. */
  readonly srcMask?: Tensor | undefined;
  /** As `keyPaddingMask` of `MultiheadAttention`. */
  readonly srcKeyPaddingMask?: Tensor | undefined;
}

/**
 * `x = norm1(src + attention(src))`, `y = norm2(x + linear2(activation(linear1(x))))`; with `normFirst`,
 * `x = src + attention(norm1(src))`, `y = x + linear2(activation(linear1(norm2(x))))`.
 *
 * - src, y: `[length, batch, dModel]`, `[batch, length, dModel]` with `batchFirst`, or `[length, dModel]`
 *
 * Vaswani et al. 2017, "Attention Is All You Need";
 * https://pytorch.org/docs/stable/generated/torch.nn.TransformerEncoderLayer.html
 *
 * @example
 * new TransformerEncoderLayer(4, 2, { dimFeedforward: 8 }).forward(zeros([3, 1, 4])).shape; // => [3, 1, 4]
 */
export class TransformerEncoderLayer extends Module<[src: Tensor, masks?: EncoderLayerMasks]> {
  readonly selfAttn: MultiheadAttention;
  readonly linear1: Linear;
  readonly dropout: Dropout;
  readonly linear2: Linear;
  readonly norm1: LayerNorm;
  readonly norm2: LayerNorm;
  readonly dropout1: Dropout;
  readonly dropout2: Dropout;
  readonly normFirst: boolean;
  readonly activation: (x: Tensor) => Tensor;
  readonly #copy: () => TransformerEncoderLayer;

  constructor(dModel: number, nhead: number, options: TransformerLayerOptions = {}) {
    super();
    const { dimFeedforward = 2048, dropout = 0.1, layerNormEps = 1e-5, batchFirst = false, generator } = options;
    checkSizes("TransformerEncoderLayer", { dModel, nhead, dimFeedforward }, 1);
    this.activation = activationOf("TransformerEncoderLayer", options.activation ?? "relu");
    this.normFirst = options.normFirst ?? false;
    const drop = { p: dropout, generator };
    this.selfAttn = new MultiheadAttention(dModel, nhead, { dropout, batchFirst, generator });
    this.linear1 = new Linear(dModel, dimFeedforward, { generator });
    this.dropout = new Dropout(drop);
    this.linear2 = new Linear(dimFeedforward, dModel, { generator });
    this.norm1 = new LayerNorm(dModel, { eps: layerNormEps });
    this.norm2 = new LayerNorm(dModel, { eps: layerNormEps });
    this.dropout1 = new Dropout(drop);
    this.dropout2 = new Dropout(drop);
    this.#copy = () => copyOf(this, generator, () => new TransformerEncoderLayer(dModel, nhead, options));
  }

  override forward(src: Tensor, masks: EncoderLayerMasks = {}): Tensor {
    if (this.normFirst) {
      const x = add(src, this.#attention(this.norm1.forward(src), masks));
      return add(x, this.#feedforward(this.norm2.forward(x)));
    }
    const x = this.norm1.forward(add(src, this.#attention(src, masks)));
    return this.norm2.forward(add(x, this.#feedforward(x)));
  }

  /** A layer with the same values that shares nothing with this one. */
  copy(): TransformerEncoderLayer {
    return this.#copy();
  }

  #attention(x: Tensor, { srcMask, srcKeyPaddingMask }: EncoderLayerMasks): Tensor {
    const options = { attnMask: srcMask, keyPaddingMask: srcKeyPaddingMask, needWeights: false };
    return this.dropout1.forward(this.selfAttn.forward(x, x, x, options).output);
  }

  #feedforward(x: Tensor): Tensor {
    const inner = this.dropout.forward(this.activation(this.linear1.forward(x)));
    return this.dropout2.forward(this.linear2.forward(inner));
  }
}

export interface EncoderMasks {
  /** As `attnMask` of `MultiheadAttention`. */
  readonly mask?: Tensor | undefined;
  /** As `keyPaddingMask` of `MultiheadAttention`. */
  readonly srcKeyPaddingMask?: Tensor | undefined;
}

export interface StackOptions {
  /** Normalises what comes out at the end. */
  norm?: Module | undefined;
}

/**
 * `numLayers` copies of an encoder layer, one after the other, which all start from its initial values.
 *
 * - src, result: as of the layer
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.TransformerEncoder.html
 *
 * @example
 * const layer = new TransformerEncoderLayer(4, 2, { dimFeedforward: 8 });
 * new TransformerEncoder(layer, 3).forward(zeros([5, 1, 4])).shape; // => [5, 1, 4]
 */
export class TransformerEncoder extends Module<[src: Tensor, masks?: EncoderMasks]> {
  readonly layers: readonly TransformerEncoderLayer[];
  readonly norm: Module | undefined;

  constructor(layer: TransformerEncoderLayer, numLayers: number, { norm }: StackOptions = {}) {
    super();
    checkSizes("TransformerEncoder", { numLayers });
    this.layers = copies(layer, numLayers);
    this.norm = norm;
  }

  override forward(src: Tensor, { mask, srcKeyPaddingMask }: EncoderMasks = {}): Tensor {
    const x = this.layers.reduce((value, layer) => layer.forward(value, { srcMask: mask, srcKeyPaddingMask }), src);
    return this.norm === undefined ? x : this.norm.forward(x);
  }
}
