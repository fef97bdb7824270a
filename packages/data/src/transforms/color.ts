import {
  add,
  apply,
  cat,
  clamp,
  type ElementwiseOp,
  elementwise,
  mean,
  mul,
  narrow,
  randperm,
  type Tensor,
} from "@dl/tensor";
import { type Span, spanOf, uniform } from "./draws.ts";
import { checkFloatImage, eachImage, type Transform } from "./transform.ts";

export interface ColorJitterOptions {
  /** Factors of light: x stands for `[max(0, 1 - x), 1 + x]`. Default 0, which changes nothing. */
  readonly brightness?: number | Span;
  /** Factors of the distance from the mean grey. Default 0. */
  readonly contrast?: number | Span;
  /** Factors of the distance from each pixel's grey; needs three channels. Default 0. */
  readonly saturation?: number | Span;
  /** Turns of the colour circle, from -0.5 to 0.5: x stands for `[-x, x]`; needs three channels. Default 0. */
  readonly hue?: number | Span;
}

/**
 * Brightness, contrast, saturation and hue changed at random, in random order. Shape `[c, h, w]` to the same; values are
 * floating-point from 0 to 1 and stay there.
 *
 * Source: https://pytorch.org/vision/stable/generated/torchvision.transforms.ColorJitter.html
 *
 * @example
 * colorJitter({ brightness: [2, 2] })(tensor([[[0.25, 0.75]]])).tolist(); // => [[[0.5, 1]]]
 */
export function colorJitter({ brightness = 0, contrast = 0, saturation = 0, hue = 0 }: ColorJitterOptions): Transform {
  const steps = [
    { span: factors("brightness", brightness), change: adjustBrightness, nothing: 1 },
    { span: factors("contrast", contrast), change: adjustContrast, nothing: 1 },
    { span: factors("saturation", saturation), change: adjustSaturation, nothing: 1 },
    { span: turns(hue), change: adjustHue, nothing: 0 },
  ];
  return eachImage("colorJitter", (x, generator) => {
    const order = Array.from(randperm(steps.length, { generator }).toArray());
    const drawn = steps.map(({ span, ...step }) => ({ factor: uniform(generator, span), ...step }));
    return order.reduce((image, i) => {
      const { factor, change, nothing } = drawn[i] as (typeof drawn)[number];
      return factor === nothing ? image : change(image, factor);
    }, x);
  });
}

/**
 * `clamp(factor · x, 0, 1)`
 *
 * @example
 * adjustBrightness(tensor([[[0.5]]]), 0.5).tolist(); // => [[[0.25]]]
 */
export function adjustBrightness(x: Tensor, factor: number): Tensor {
  checkFloatImage("adjustBrightness", x);
  return clamp(mul(x, factor), { min: 0, max: 1 });
}

/**
 * `clamp(m + factor · (x - m), 0, 1)` with m the mean grey of each image. Shape `[..., c, h, w]` to the same.
 *
 * @example
 * adjustContrast(tensor([[[0.25, 0.75]]]), 0).tolist(); // => [[[0.5, 0.5]]]
 */
export function adjustContrast(x: Tensor, factor: number): Tensor {
  return blend(x, mean(greyOf("adjustContrast", x), { dim: [-3, -2, -1], keepdim: true }), factor);
}

/**
 * `clamp(g + factor · (x - g), 0, 1)` with g the grey of each pixel. Shape `[..., 3, h, w]` to the same.
 *
 * @example
 * adjustSaturation(tensor([[[1]], [[0]], [[0]]]), 0).tolist(); // => [[[0.2989]], [[0.2989]], [[0.2989]]]
 */
export function adjustSaturation(x: Tensor, factor: number): Tensor {
  if (x.shape.at(-3) !== 3) throw new RangeError(`adjustSaturation: needs 3 channels, got ${x.shape.at(-3)}`);
  return blend(x, greyOf("adjustSaturation", x), factor);
}

/**
 * Colours turned about the colour circle by `turn` of it: 1/3 makes green of red. Shape `[..., 3, h, w]` to the same.
 *
 * Source: https://en.wikipedia.org/wiki/HSL_and_HSV#HSV_to_RGB_alternative
 *
 * @example
 * adjustHue(tensor([[[1]], [[0]], [[0]]]), 0.5).tolist(); // => [[[0]], [[1]], [[1]]]
 */
export function adjustHue(x: Tensor, turn: number): Tensor {
  checkFloatImage("adjustHue", x);
  if (x.shape.at(-3) !== 3) throw new RangeError(`adjustHue: needs 3 channels, got ${x.shape.at(-3)}`);
  const colours = [0, 1, 2].map((i) => narrow(x, -3, i, 1));
  const turned = [5, 3, 1].map((place) => apply(turnedChannel, colours, { place: place + 6 * turn }));
  return cat(turned, { dim: -3 });
}

/** A channel again from value, chroma and hue, which counts sixths of the circle from red. */
const turnedChannel: ElementwiseOp = elementwise(
  "adjustHue",
  ["r", "g", "b"],
  "let v = max(max(r, g), b); let c = v - min(min(r, g), b); let d = c > 0 ? c : 1; " +
    "let hue = v == r ? (g - b) / d : (v == g ? (b - r) / d + 2 : (r - g) / d + 4); " +
    "let at = place + hue; let k = at - 6 * floor(at / 6); v - c * max(0, min(1, min(k, 4 - k)))",
  { place: 5 },
  { result: "float" },
);

/** `[..., c, h, w]` to `[..., 1, h, w]`, with the weights of ITU-R BT.601. */
function greyOf(who: string, x: Tensor): Tensor {
  checkFloatImage(who, x);
  const channels = x.shape.at(-3) as number;
  if (channels === 1) return x;
  if (channels !== 3) throw new RangeError(`${who}: needs 1 or 3 channels, got ${channels}`);
  const [red, green, blue] = [0.2989, 0.587, 0.114].map((weight, i) => mul(narrow(x, -3, i, 1), weight)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  return add(add(red, green), blue);
}

function blend(x: Tensor, other: Tensor, factor: number): Tensor {
  return clamp(add(mul(x, factor), mul(other, 1 - factor)), { min: 0, max: 1 });
}

function factors(name: string, value: number | Span): Span {
  const [low, high] = typeof value === "number" ? [Math.max(0, 1 - value), 1 + value] : value;
  if (!(low >= 0 && low <= high))
    throw new RangeError(`colorJitter: ${name} must be factors from 0 on: ${low}, ${high}`);
  return [low, high];
}

function turns(hue: number | Span): Span {
  const [low, high] = spanOf("colorJitter", "hue", hue);
  if (low < -0.5 || high > 0.5) throw new RangeError(`colorJitter: hue must be from -0.5 to 0.5: ${low}, ${high}`);
  return [low, high];
}
