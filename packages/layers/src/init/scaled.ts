import type { Tensor } from "@dl/tensor";
import { type FanMode, fansOf } from "./fans.ts";
import { calculateGain, type Nonlinearity } from "./gain.ts";
import { type Drawn, normal_, uniform_ } from "./random.ts";

export interface XavierOptions extends Drawn {
  /** Default 1; see `calculateGain`. */
  gain?: number;
}

/**
 * Overwrites a weight `[out, in, ...kernel]` from U(-b, b), `b = gain √(6 / (fanIn + fanOut))`. Returns `x`.
 *
 * Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks".
 *
 * @example
 * xavierUniform_(zeros([2, 1]), { generator: new Generator(0) }).tolist(); // => [[-0.010587962344288826], [0.75864577293396]]
 */
export const xavierUniform_ = <T extends Tensor>(x: T, { gain = 1, generator }: XavierOptions = {}): T => {
  const bound = Math.sqrt(3) * xavierStd("xavierUniform_", x, gain);
  return uniform_(x, { a: -bound, b: bound, generator });
};

/**
 * Overwrites a weight `[out, in, ...kernel]` from N(0, s²), `s = gain √(2 / (fanIn + fanOut))`. Returns `x`.
 *
 * Glorot and Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks".
 *
 * @example
 * xavierNormal_(zeros([1, 1]), { generator: new Generator(0) }).tolist(); // => [[1.5409960746765137]]
 */
export const xavierNormal_ = <T extends Tensor>(x: T, { gain = 1, generator }: XavierOptions = {}): T =>
  normal_(x, { std: xavierStd("xavierNormal_", x, gain), generator });

export interface KaimingOptions extends Drawn {
  /** The slope below 0 of `"leakyRelu"`. Default 0. */
  a?: number;
  /** Default `"fanIn"`. */
  mode?: FanMode;
  /** Default `"leakyRelu"`. */
  nonlinearity?: Nonlinearity;
}

/**
 * Overwrites a weight `[out, in, ...kernel]` from U(-b, b), `b = gain √(3 / fan)`. Returns `x`.
 *
 * He et al. 2015, "Delving Deep into Rectifiers".
 *
 * @example
 * kaimingUniform_(zeros([2, 6]), { nonlinearity: "relu" }).toArray().every((value) => Math.abs(value) <= 1); // => true
 */
export const kaimingUniform_ = <T extends Tensor>(x: T, options: KaimingOptions = {}): T => {
  const bound = Math.sqrt(3) * kaimingStd("kaimingUniform_", x, options);
  return x.size === 0 ? x : uniform_(x, { a: -bound, b: bound, generator: options.generator });
};

/**
 * Overwrites a weight `[out, in, ...kernel]` from N(0, s²), `s = gain / √fan`. Returns `x`.
 *
 * He et al. 2015, "Delving Deep into Rectifiers".
 *
 * @example
 * kaimingNormal_(zeros([1, 2]), { generator: new Generator(0) }).tolist(); // => [[1.5409960746765137, -0.293428897857666]]
 */
export const kaimingNormal_ = <T extends Tensor>(x: T, options: KaimingOptions = {}): T => {
  const std = kaimingStd("kaimingNormal_", x, options);
  return x.size === 0 ? x : normal_(x, { std, generator: options.generator });
};

function xavierStd(who: string, x: Tensor, gain: number): number {
  const { fanIn, fanOut } = fansOf(who, x);
  return gain * Math.sqrt(2 / (fanIn + fanOut));
}

function kaimingStd(
  who: string,
  x: Tensor,
  { a = 0, mode = "fanIn", nonlinearity = "leakyRelu" }: KaimingOptions,
): number {
  if (mode !== "fanIn" && mode !== "fanOut")
    throw new RangeError(`${who}: mode is "fanIn" or "fanOut", not ${String(mode)}`);
  return calculateGain(nonlinearity, { negativeSlope: a }) / Math.sqrt(fansOf(who, x)[mode]);
}
