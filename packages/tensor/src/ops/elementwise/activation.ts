import { callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { unary } from "./define.ts";

const floats = { accepts: "floats" } as const;

/**
 * `1 / (1 + e⁻ˣ)`, between 0 and 1; its slope is at most 1/4. Shape `[...]` to `[...]`.
 *
 * @example
 * sigmoid(tensor([-1e4, 0, 1e4])); // => [0, 0.5, 1]
 */
export const sigmoid = unary("sigmoid", "sigmoid(x)");

/**
 * `log(sigmoid(x))` without overflow. Shape `[...]` to `[...]`.
 *
 * @example
 * logSigmoid(tensor([-1000, 0])); // => [-1000, -0.6931472]
 */
export const logSigmoid = unary("logSigmoid", "min(x, 0) - log1p(exp(-abs(x)))", undefined, floats);

/**
 * `x · sigmoid(x)`, also known as swish. Shape `[...]` to `[...]`.
 *
 * @example
 * silu(tensor([0, 1])); // => [0, 0.7310586]
 */
export const silu = unary("silu", "x * sigmoid(x)", undefined, floats);

/**
 * `x · tanh(log(1 + eˣ))`. Shape `[...]` to `[...]`.
 *
 * Misra 2019, "Mish: A Self Regularized Non-Monotonic Activation Function".
 *
 * @example
 * mish(tensor([0, 1])); // => [0, 0.8650984]
 */
export const mish = unary("mish", "x * tanh(x > 20 ? x : log1p(exp(x)))", undefined, floats);

export interface SoftplusOptions {
  /** How sharp the bend is. Default 1. */
  beta?: number;
  /** `x` itself comes out where `beta · x` is larger. Default 20. */
  threshold?: number;
}

/**
 * `log(1 + e^(beta · x)) / beta`, a smooth relu. Shape `[...]` to `[...]`.
 *
 * @example
 * softplus(tensor([-100, 0, 100])); // => [0, 0.6931472, 100]
 */
export const softplus = unary(
  "softplus",
  "let z = beta * x; z > threshold ? x : (max(z, 0) + log1p(exp(-abs(z)))) / beta",
  { beta: 1, threshold: 20 },
  floats,
);

/**
 * `x / (1 + |x|)`, between -1 and 1. Shape `[...]` to `[...]`.
 *
 * @example
 * softsign(tensor([-1, 3])); // => [-0.5, 0.75]
 */
export const softsign = unary("softsign", "x / (1 + abs(x))", undefined, { accepts: "numbers" });

/**
 * `x - tanh(x)`. Shape `[...]` to `[...]`.
 *
 * @example
 * tanhshrink(tensor([0, 1])); // => [0, 0.2384058]
 */
export const tanhshrink = unary("tanhshrink", "x - tanh(x)");

export interface GeluOptions {
  /** `tanh`: the approximation `½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))`. Default `none`. */
  approximate?: "none" | "tanh";
}

const exactGelu = unary("gelu", `0.5 * x * (1 + erf(${Math.SQRT1_2} * x))`, undefined, floats);

/** The approximation by tanh. */
export const geluTanh = unary(
  "gelu",
  `0.5 * x * (1 + tanh(${Math.sqrt(2 / Math.PI)} * (x + 0.044715 * x * x * x)))`,
  undefined,
  floats,
);

/**
 * `x · Φ(x)`, with the standard normal distribution function Φ. Shape `[...]` to `[...]`.
 *
 * Hendrycks and Gimpel 2016, "Gaussian Error Linear Units".
 *
 * @example
 * gelu(tensor([0, 1])); // => [0, 0.8413447]
 */
export const gelu = callable((x: Tensor, { approximate = "none" }: GeluOptions = {}): Tensor => {
  if (approximate === "tanh") return geluTanh(x);
  if (approximate === "none") return exactGelu(x);
  throw new TypeError(`gelu: approximate is "none" or "tanh", not ${String(approximate)}`);
}, exactGelu.op);
