import { callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { binary, unary } from "./define.ts";

const floats = { accepts: "floats" } as const;
const numbers = { result: "same", accepts: "numbers" } as const;

/**
 * `max(x, 0)`, the ramp function. Shape `[...]` to `[...]`; gradient 0 at 0.
 *
 * @example
 * relu(tensor([-1, 0, 2])); // => [0, 0, 2]
 */
export const relu = unary("relu", "relu(x)", undefined, numbers);

/**
 * `x` above 0, `negativeSlope · x` below (0.01). Shape `[...]` to `[...]`.
 *
 * Maas et al. 2013, "Rectifier Nonlinearities Improve Neural Network Acoustic Models".
 *
 * @example
 * leakyRelu(tensor([-1, 2])); // => [-0.01, 2]
 */
export const leakyRelu = unary("leakyRelu", "x > 0 ? x : negativeSlope * x", { negativeSlope: 0.01 }, floats);

/** `x` above 0, `x · y` below: what `prelu` is once the weight has the shape of the input. */
export const preluOf = binary("prelu", "x > 0 ? x : x * y", undefined, floats);

/**
 * `x` above 0, `alpha (eˣ - 1)` below (`alpha` 1). Shape `[...]` to `[...]`.
 *
 * Clevert et al. 2015, "Fast and Accurate Deep Network Learning by Exponential Linear Units".
 *
 * @example
 * elu(tensor([-1, 2])); // => [-0.6321206, 2]
 */
export const elu = unary("elu", "x > 0 ? x : alpha * expm1(x)", { alpha: 1 }, floats);

const seluAlpha = 1.6732632423543772;
const seluScale = 1.0507009873554805;

/**
 * `scale · elu(x)` with the constants that keep mean 0 and variance 1. Shape `[...]` to `[...]`.
 *
 * Klambauer et al. 2017, "Self-Normalizing Neural Networks".
 *
 * @example
 * selu(tensor([-1, 2])); // => [-1.1113307, 2.101402]
 */
export const selu = unary("selu", `x > 0 ? ${seluScale} * x : ${seluScale * seluAlpha} * expm1(x)`, undefined, floats);

const smoothElu = unary("celu", "x > 0 ? x : alpha * expm1(x / alpha)", { alpha: 1 }, floats);

/**
 * `x` above 0, `alpha (e^(x / alpha) - 1)` below (`alpha` 1): smooth at 0 for every alpha. Shape `[...]` to `[...]`.
 *
 * @example
 * celu(tensor([-1, 2]), { alpha: 2 }); // => [-0.7869387, 2]
 */
export const celu = callable((x: Tensor, { alpha = 1 }: { alpha?: number } = {}): Tensor => {
  if (alpha === 0) throw new RangeError("celu: alpha must not be 0");
  return smoothElu(x, { alpha });
}, smoothElu.op);

/**
 * `x` kept between `minVal` (-1) and `maxVal` (1). Shape `[...]` to `[...]`; gradient 0 on the bounds.
 *
 * @example
 * hardtanh(tensor([-3, 0.5, 3])); // => [-1, 0.5, 1]
 */
export const hardtanh = unary("hardtanh", "clamp(x, minVal, maxVal)", { minVal: -1, maxVal: 1 }, numbers);

/**
 * `x` kept between 0 and 6. Shape `[...]` to `[...]`; gradient 0 on the bounds.
 *
 * @example
 * relu6(tensor([-1, 5, 8])); // => [0, 5, 6]
 */
export const relu6 = (x: Tensor): Tensor => hardtanh(x, { minVal: 0, maxVal: 6 });

/**
 * `x / 6 + 1/2` kept between 0 and 1. Shape `[...]` to `[...]`.
 *
 * @example
 * hardsigmoid(tensor([-4, 0, 4])); // => [0, 0.5, 1]
 */
export const hardsigmoid = unary("hardsigmoid", "clamp(x / 6 + 0.5, 0, 1)", undefined, floats);

/**
 * `x · hardsigmoid(x)`. Shape `[...]` to `[...]`.
 *
 * Howard et al. 2019, "Searching for MobileNetV3".
 *
 * @example
 * hardswish(tensor([-4, 1.5, 4])); // => [0, 1.125, 4]
 */
export const hardswish = unary("hardswish", "x * clamp(x / 6 + 0.5, 0, 1)", undefined, floats);

/**
 * 0 where `|x| ≤ lambd` (0.5), else `x`. Shape `[...]` to `[...]`.
 *
 * @example
 * hardshrink(tensor([-1, 0.2, 1])); // => [-1, 0, 1]
 */
export const hardshrink = unary("hardshrink", "x >= -lambd && x <= lambd ? 0 : x", { lambd: 0.5 }, floats);

const shrunk = unary("softshrink", "x > lambd ? x - lambd : x < -lambd ? x + lambd : 0", { lambd: 0.5 }, floats);

/**
 * `x` moved towards 0 by `lambd` (0.5), but not past it. Shape `[...]` to `[...]`.
 *
 * @example
 * softshrink(tensor([-1, 0.2, 2])); // => [-0.5, 0, 1.5]
 */
export const softshrink = callable((x: Tensor, { lambd = 0.5 }: { lambd?: number } = {}): Tensor => {
  if (!(lambd >= 0)) throw new RangeError(`softshrink: lambd must not be negative, got ${lambd}`);
  return shrunk(x, { lambd });
}, shrunk.op);

const gate = unary("threshold", "x <= threshold ? value : x", { threshold: 0, value: 0 }, numbers);

/**
 * `x` above `threshold`, else `value`. Shape `[...]` to `[...]`.
 *
 * @example
 * threshold(tensor([-1, 2]), { threshold: 0.5, value: 9 }); // => [9, 2]
 */
export const threshold = callable(
  (x: Tensor, { threshold, value }: { threshold: number; value: number }): Tensor => gate(x, { threshold, value }),
  gate.op,
);

/**
 * 1 above `threshold` (0), else 0. Shape `[...]` to `[...]`. The gradient is 0, so nothing learns through it.
 *
 * @example
 * step(tensor([-1, 0, 2])); // => [0, 0, 1]
 */
export const step = unary("step", "x > threshold ? 1 : 0", { threshold: 0 });
