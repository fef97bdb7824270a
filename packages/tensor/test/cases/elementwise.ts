import * as primitives from "@dl/tensor/primitives";
import { type InputSpec, type OpCase, shaped } from "./case.ts";

type Call = OpCase["call"];

/** One operand: a plain shape, one with a tail beside the SIMD width, and 0-d. */
const unary = (call: Call, low = -2, high = 2): OpCase[] => [
  { inputs: [{ shape: [3, 7], low, high }], call },
  { inputs: [{ shape: [], low, high }], call },
];

/** Two operands that broadcast; `y` in `low` to `high`. */
const binary = (call: Call, low = -2, high = 2, first = low): OpCase[] => [
  {
    inputs: [
      { shape: [2, 5], low: first, high },
      { shape: [2, 5], low, high },
    ],
    call,
  },
  {
    inputs: [
      { shape: [2, 1, 5], low: first, high },
      { shape: [3, 1], low, high },
    ],
    call,
  },
  {
    inputs: [
      { shape: [7], low: first, high },
      { shape: [], low, high },
    ],
    call,
  },
];

const numbers = (values: readonly number[]): InputSpec => ({ values, dtype: "int32" });

/** Values at points without a gradient, as quotients of integers: `[0, 1, -1, 3]` by `[0, 0, 0, 2]` has NaN and infinities. */
const special = (call: Call, numerators: readonly number[], denominators: readonly number[]): OpCase => ({
  inputs: [numbers(numerators), numbers(denominators)],
  call: (x, y) => call(primitives.div(x, y)),
});

const flags: InputSpec = { values: [true, false, true, false, true], dtype: "bool" };
const integers = (call: Call): OpCase[] => [{ inputs: [numbers([12, -7, 5, 0, 100]), numbers([5, 3, 1, 2, 7])], call }];
const compared = (call: Call): OpCase[] => [
  ...binary(call),
  { inputs: [{ values: [1, 2, Number.NaN] }, { values: [1, 3, Number.NaN] }], call },
  ...integers(call),
];

export const elementwiseCases = {
  reciprocal: unary((x) => primitives.reciprocal(x), 0.5, 2),
  square: unary((x) => primitives.square(x)),
  floorDivide: [
    ...binary((x, y) => primitives.floorDivide(x, y), 0.5, 2, -2),
    ...integers((x, y) => primitives.floorDivide(x, y)),
  ],
  remainder: [
    ...binary((x, y) => primitives.remainder(x, y), 0.7, 2, -2),
    ...integers((x, y) => primitives.remainder(x, y)),
  ],
  fmod: [...binary((x, y) => primitives.fmod(x, y), 0.7, 2, -2), ...integers((x, y) => primitives.fmod(x, y))],
  gcd: integers((x, y) => primitives.gcd(x, y)),
  lcm: integers((x, y) => primitives.lcm(x, y)),
  maximum: [...binary((x, y) => primitives.maximum(x, y)), ...integers((x, y) => primitives.maximum(x, y))],
  minimum: [...binary((x, y) => primitives.minimum(x, y)), ...integers((x, y) => primitives.minimum(x, y))],
  fmax: binary((x, y) => primitives.fmax(x, y)),
  fmin: binary((x, y) => primitives.fmin(x, y)),
  clampMin: binary((x, y) => primitives.clampMin(x, y)),
  clampMax: binary((x, y) => primitives.clampMax(x, y)),
  betweenBounds: [
    { inputs: shaped([4, 5]), call: (x) => primitives.betweenBounds(x, -0.5, 0.75) },
    { inputs: shaped([4, 5], [5], [4, 1]), call: (x, low, high) => primitives.betweenBounds(x, low, high) },
  ],
  where: [
    { inputs: [flags, ...shaped([2, 5], [5])], call: (c, x, y) => primitives.where(c, x, y) },
    { inputs: [flags, ...shaped([2, 5])], call: (c, x) => primitives.where(c, x, 0.5) },
  ],
  lerp: [
    { inputs: shaped([4, 5], [5], [4, 1]), call: (x, y, weight) => primitives.lerp(x, y, weight) },
    { inputs: shaped([4, 5], [4, 5]), call: (x, y) => primitives.lerp(x, y, 0.7) },
  ],
  addcmul: [{ inputs: shaped([4, 5], [5], [4, 1]), call: (x, y, z) => primitives.addcmul(x, y, z, { value: 0.5 }) }],
  addcdiv: [
    {
      inputs: [{ shape: [4, 5] }, { shape: [5] }, { shape: [4, 1], low: 0.5, high: 2 }],
      call: (x, y, z) => primitives.addcdiv(x, y, z, { value: -1.5 }),
    },
  ],
  heaviside: [
    { inputs: [{ shape: [7] }, { shape: [] }], call: (x, y) => primitives.heaviside(x, y) },
    { inputs: [numbers([-1, 0, 2]), numbers([5, 5, 5])], call: (x, y) => primitives.heaviside(x, y) },
  ],
  nanToNum: [
    ...unary((x) => primitives.nanToNum(x)),
    special((x) => primitives.nanToNum(x, { nan: 1, posinf: 9 }), [0, 1, -1, 2], [0, 0, 0, 1]),
  ],
  floor: unary((x) => primitives.floor(x)),
  ceil: unary((x) => primitives.ceil(x)),
  trunc: unary((x) => primitives.trunc(x)),
  frac: unary((x) => primitives.frac(x)),
  round: [
    ...unary((x) => primitives.round(x)),
    special((x) => primitives.round(x), [-3, -1, 1, 3, 5], [2, 2, 2, 2, 2]),
  ],
  roundFraction: unary((x) => primitives.round(x, { decimals: 1 })),
  roundMultiple: unary((x) => primitives.round(x, { decimals: -1 }), 16, 24),
  abs: unary((x) => primitives.abs(x)),
  sign: unary((x) => primitives.sign(x)),
  copysign: binary((x, y) => primitives.copysign(x, y)),
  pow: [
    ...binary((x, y) => primitives.pow(x, y), 0.5, 2),
    { inputs: shaped([4, 5]), call: (x) => primitives.pow(x, 3) },
    { inputs: shaped([4, 5]), call: (x) => primitives.pow(2.5, x) },
    ...integers((x, y) => primitives.pow(x, y)),
  ],
  sqrt: unary((x) => primitives.sqrt(x), 0.5, 4),
  rsqrt: unary((x) => primitives.rsqrt(x), 0.5, 4),
  exp: unary((x) => primitives.exp(x)),
  exp2: unary((x) => primitives.exp2(x)),
  expm1: unary((x) => primitives.expm1(x)),
  log: unary((x) => primitives.log(x), 0.5, 4),
  log2: unary((x) => primitives.log2(x), 0.5, 4),
  log10: unary((x) => primitives.log10(x), 0.5, 4),
  log1p: unary((x) => primitives.log1p(x), -0.5, 4),
  logaddexp: [
    ...binary((x, y) => primitives.logaddexp(x, y)),
    { inputs: [{ values: [90, -90, 3] }, { values: [88, 100, 3] }], call: (x, y) => primitives.logaddexp(x, y) },
  ],
  logaddexp2: binary((x, y) => primitives.logaddexp2(x, y)),
  xlogy: binary((x, y) => primitives.xlogy(x, y), 0.5, 2, -2),
  xlog1py: binary((x, y) => primitives.xlog1py(x, y), -0.5, 2, -2),
  sin: unary((x) => primitives.sin(x), -9, 9),
  cos: unary((x) => primitives.cos(x), -9, 9),
  tan: unary((x) => primitives.tan(x), -1, 1),
  asin: unary((x) => primitives.asin(x), -0.9, 0.9),
  acos: unary((x) => primitives.acos(x), -0.9, 0.9),
  atan: unary((x) => primitives.atan(x)),
  sinh: unary((x) => primitives.sinh(x)),
  cosh: unary((x) => primitives.cosh(x)),
  tanh: unary((x) => primitives.tanh(x)),
  asinh: unary((x) => primitives.asinh(x)),
  acosh: unary((x) => primitives.acosh(x), 1.5, 4),
  atanh: unary((x) => primitives.atanh(x), -0.9, 0.9),
  atan2: binary((x, y) => primitives.atan2(x, y), 0.5, 2, -2),
  hypot: binary((x, y) => primitives.hypot(x, y), 0.5, 2, -2),
  sinc: [
    ...unary((x) => primitives.sinc(x)),
    ...unary((x) => primitives.sinc(x), -0.2, 0.2),
    special((x) => primitives.sinc(x), [0], [1]),
  ],
  deg2rad: unary((x) => primitives.deg2rad(x), -180, 180),
  rad2deg: unary((x) => primitives.rad2deg(x)),
  erf: unary((x) => primitives.erf(x)),
  erfc: unary((x) => primitives.erfc(x)),
  erfinv: unary((x) => primitives.erfinv(x), -0.9, 0.9),
  lgamma: unary((x) => primitives.lgamma(x), 0.5, 4),
  digamma: unary((x) => primitives.digamma(x), 0.5, 4),
  polygamma: unary((x) => primitives.polygamma(1, x), 0.5, 4),
  logit: [
    ...unary((x) => primitives.logit(x), 0.1, 0.9),
    ...unary((x) => primitives.logit(x, { eps: 0.25 }), 0.01, 0.99),
  ],
  ndtr: unary((x) => primitives.ndtr(x)),
  entr: unary((x) => primitives.entr(x), 0.2, 2),
  sigmoid: unary((x) => primitives.sigmoid(x), -9, 9),
  logSigmoid: unary((x) => primitives.logSigmoid(x), -9, 9),
  silu: unary((x) => primitives.silu(x), -9, 9),
  mish: unary((x) => primitives.mish(x), -9, 9),
  softplus: [
    ...unary((x) => primitives.softplus(x), -9, 9),
    ...unary((x) => primitives.softplus(x, { beta: 2, threshold: 3 })),
  ],
  softsign: unary((x) => primitives.softsign(x)),
  tanhshrink: unary((x) => primitives.tanhshrink(x)),
  gelu: unary((x) => primitives.gelu(x), -4, 4),
  geluTanh: unary((x) => primitives.geluTanh(x), -4, 4),
  relu: unary((x) => primitives.relu(x)),
  leakyRelu: unary((x) => primitives.leakyRelu(x, { negativeSlope: 0.2 })),
  preluOf: binary((x, y) => primitives.preluOf(x, y)),
  elu: unary((x) => primitives.elu(x, { alpha: 0.7 })),
  selu: unary((x) => primitives.selu(x)),
  celu: unary((x) => primitives.celu(x, { alpha: 0.7 })),
  hardtanh: unary((x) => primitives.hardtanh(x, { minVal: -0.5 })),
  hardsigmoid: unary((x) => primitives.hardsigmoid(x), -5, 5),
  hardswish: unary((x) => primitives.hardswish(x), -5, 5),
  hardshrink: unary((x) => primitives.hardshrink(x)),
  softshrink: unary((x) => primitives.softshrink(x, { lambd: 0.3 })),
  threshold: unary((x) => primitives.threshold(x, { threshold: 0.1, value: 20 })),
  step: [
    ...unary((x) => primitives.step(x)),
    special((x) => primitives.step(x, { threshold: 1 }), [1, 2, 3], [2, 2, 2]),
  ],
  eq: compared((x, y) => primitives.eq(x, y)),
  ne: compared((x, y) => primitives.ne(x, y)),
  lt: compared((x, y) => primitives.lt(x, y)),
  le: compared((x, y) => primitives.le(x, y)),
  gt: compared((x, y) => primitives.gt(x, y)),
  ge: compared((x, y) => primitives.ge(x, y)),
  isclose: [
    {
      inputs: [{ values: [1, 2, Number.NaN] }, { values: [1.000001, 2.1, Number.NaN] }],
      call: (x, y) => primitives.isclose(x, y, { equalNan: true }),
    },
  ],
  isnan: [special((x) => primitives.isnan(x), [0, 1, -1, 2], [0, 0, 0, 1])],
  isinf: [special((x) => primitives.isinf(x), [0, 1, -1, 2], [0, 0, 0, 1])],
  isfinite: [special((x) => primitives.isfinite(x), [0, 1, -1, 2], [0, 0, 0, 1])],
  isposinf: [special((x) => primitives.isposinf(x), [0, 1, -1, 2], [0, 0, 0, 1])],
  isneginf: [special((x) => primitives.isneginf(x), [0, 1, -1, 2], [0, 0, 0, 1])],
  signbit: [special((x) => primitives.signbit(x), [-1, 0, 0, 2], [1, -1, 1, 1])],
  logicalNot: [
    special((x) => primitives.logicalNot(x), [0, 2, -1], [1, 1, 1]),
    { inputs: [flags], call: (x) => primitives.logicalNot(x) },
  ],
  logicalAnd: integers((x, y) => primitives.logicalAnd(x, y)),
  logicalOr: integers((x, y) => primitives.logicalOr(x, y)),
  logicalXor: integers((x, y) => primitives.logicalXor(x, y)),
  bitwiseNot: [
    { inputs: [numbers([0, 5, -3])], call: (x) => primitives.bitwiseNot(x) },
    { inputs: [flags], call: (x) => primitives.bitwiseNot(x) },
  ],
  bitwiseAnd: integers((x, y) => primitives.bitwiseAnd(x, y)),
  bitwiseOr: integers((x, y) => primitives.bitwiseOr(x, y)),
  bitwiseXor: integers((x, y) => primitives.bitwiseXor(x, y)),
  bitwiseLeftShift: integers((x, y) => primitives.bitwiseLeftShift(x, y)),
  bitwiseRightShift: integers((x, y) => primitives.bitwiseRightShift(x, y)),
} satisfies Record<string, OpCase[]>;
