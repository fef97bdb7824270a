import { derived, formulaGradient } from "../rule.ts";

const seluScale = 1.0507009873554805;
const seluSlope = seluScale * 1.6732632423543772;

/** PyTorch's second derivative of elu, selu and celu is 0 at 0: hence the selects. */
export const activations = {
  sigmoid: formulaGradient("g * (output * (1 - output))"),
  logSigmoid: formulaGradient("g * sigmoid(-x)"),
  silu: derived,
  mish: derived,
  softplus: formulaGradient("beta * x > threshold ? g : g * sigmoid(beta * x)"),
  softsign: formulaGradient("let d = 1 + abs(x); g / d / d"),
  tanhshrink: formulaGradient("let t = tanh(x); g * (t * t)"),
  gelu: derived,
  geluTanh: derived,
  relu: formulaGradient("output <= 0 ? 0 : g"),
  leakyRelu: derived,
  preluOf: derived,
  elu: formulaGradient("x < 0 ? g * (alpha * exp(x)) : x == 0 ? g * alpha : g"),
  selu: formulaGradient(`x < 0 ? g * (${seluSlope} * exp(x)) : x == 0 ? g * ${seluSlope} : g * ${seluScale}`),
  celu: formulaGradient("x < 0 ? g * exp(x / alpha) : g"),
  hardtanh: formulaGradient("x <= minVal || x >= maxVal ? 0 : g"),
  hardsigmoid: formulaGradient("x > -3 && x < 3 ? g / 6 : 0"),
  hardswish: formulaGradient("x < -3 ? 0 : x <= 3 ? g * (x / 3 + 0.5) : g"),
  hardshrink: derived,
  softshrink: formulaGradient("x >= -lambd && x <= lambd ? 0 : g"),
  threshold: derived,
  step: derived,
};
