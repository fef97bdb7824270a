import { add, dropout, type Generator, keep, narrow, operandsText, sinusoidalPositions, type Tensor } from "@dl/tensor";
import { checkProbability, checkSizes, layerText } from "./text.ts";
import { SameShape } from "./widths.ts";

export interface PositionalEncodingOptions {
  /** Probability of a zero, in training. Default 0.1. */
  dropout?: number;
  /** The longest x. Default 5000. */
  maxLength?: number;
  /** `[batch, length, features]` instead of `[length, batch, features]`. Default false. */
  batchFirst?: boolean;
  /** Draws what is dropped; default the default generator. */
  generator?: Generator | undefined;
}

/**
 * `dropout(x + p)`, where p says by sines and cosines of many wavelengths where an element stands.
 *
 * - x, result: `[length, batch, dModel]`, `[batch, length, dModel]` with `batchFirst`, or `[length, dModel]`
 * - pe (a buffer): `[maxLength, dModel]`
 *
 * Vaswani et al. 2017, "Attention Is All You Need".
 *
 * @example
 * new PositionalEncoding(2).eval().forward(zeros([1, 2])).tolist(); // => [[0, 1]]
 */
export class PositionalEncoding extends SameShape {
  readonly pe: Tensor;
  readonly dropout: number;
  readonly batchFirst: boolean;
  readonly generator: Generator | undefined;

  constructor(
    dModel: number,
    { dropout: p = 0.1, maxLength = 5000, batchFirst = false, generator }: PositionalEncodingOptions = {},
  ) {
    super();
    checkSizes("PositionalEncoding", { dModel, maxLength }, 1);
    checkProbability("PositionalEncoding", "dropout", p);
    this.pe = keep(sinusoidalPositions(maxLength, dModel));
    this.dropout = p;
    this.batchFirst = batchFirst;
    this.generator = generator;
  }

  override forward(x: Tensor): Tensor {
    const [maxLength, dModel] = this.pe.shape as [number, number];
    const length = x.shape[x.ndim === 3 && this.batchFirst ? 1 : 0] ?? 0;
    if ((x.ndim !== 2 && x.ndim !== 3) || x.shape.at(-1) !== dModel || length > maxLength) {
      throw new RangeError(
        `${this}: x must have 3 dimensions, or 2 without batch, ${dModel} features and at most ${maxLength} elements ${operandsText({ x })}`,
      );
    }
    const positions = narrow(this.pe, 0, 0, length);
    const placed = x.ndim === 3 && !this.batchFirst ? positions.unsqueeze(1) : positions;
    return dropout(add(x, placed), { p: this.dropout, training: this.training, generator: this.generator });
  }

  override toString(): string {
    return layerText("PositionalEncoding", [this.pe.shape[1]], {
      dropout: [this.dropout, 0.1],
      maxLength: [this.pe.shape[0], 5000],
      batchFirst: [this.batchFirst, false],
    });
  }
}
