import { type Loops, logicLoops, map1, map2 } from "./loop.ts";
import { erf, erfc, floorDivide, pow, remainder, roundHalfEven } from "./scalar.ts";

/** The float64 loops. What formulas are made of most has its own loop; a shared one would call a function per element. */
export const floatLoops: Loops = {
  ...logicLoops,
  add: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = (a[i] as number) + (b[i] as number);
  },
  sub: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = (a[i] as number) - (b[i] as number);
  },
  mul: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = (a[i] as number) * (b[i] as number);
  },
  div: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = (a[i] as number) / (b[i] as number);
  },
  neg: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = -(a[i] as number);
  },
  abs: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.abs(a[i] as number);
  },
  square: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = (a[i] as number) * (a[i] as number);
  },
  sqrt: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.sqrt(a[i] as number);
  },
  rsqrt: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = 1 / Math.sqrt(a[i] as number);
  },
  reciprocal: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = 1 / (a[i] as number);
  },
  relu: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.max(a[i] as number, 0);
  },
  max: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.max(a[i] as number, b[i] as number);
  },
  min: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.min(a[i] as number, b[i] as number);
  },
  clamp: (out, a, b, c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.min(Math.max(a[i] as number, b[i] as number), c[i] as number);
  },
  exp: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.exp(a[i] as number);
  },
  log: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.log(a[i] as number);
  },
  tanh: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.tanh(a[i] as number);
  },
  sigmoid: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = 1 / (1 + Math.exp(-(a[i] as number)));
  },
  floor: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.floor(a[i] as number);
  },
  ceil: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.ceil(a[i] as number);
  },
  trunc: (out, a, _b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.trunc(a[i] as number);
  },
  sign: map1((x) => (x > 0 ? 1 : x < 0 ? -1 : 0)),
  round: map1(roundHalfEven),
  exp2: map1((x) => 2 ** x),
  expm1: map1(Math.expm1),
  log2: map1(Math.log2),
  log10: map1(Math.log10),
  log1p: map1(Math.log1p),
  sin: map1(Math.sin),
  cos: map1(Math.cos),
  tan: map1(Math.tan),
  asin: map1(Math.asin),
  acos: map1(Math.acos),
  atan: map1(Math.atan),
  sinh: map1(Math.sinh),
  cosh: map1(Math.cosh),
  asinh: map1(Math.asinh),
  acosh: map1(Math.acosh),
  atanh: map1(Math.atanh),
  erf: map1(erf),
  erfc: map1(erfc),
  atan2: map2(Math.atan2),
  pow: map2(pow),
  fmax: map2((a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b))),
  fmin: map2((a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b))),
  fmod: map2((a, b) => a % b),
  remainder: map2(remainder),
  floorDivide: map2(floorDivide),
  hypot: map2(Math.hypot),
  copysign: map2((a, b) => (b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a))),
  isnan: map1((x) => (Number.isNaN(x) ? 1 : 0)),
  isinf: map1((x) => (Math.abs(x) === Number.POSITIVE_INFINITY ? 1 : 0)),
  isfinite: map1((x) => (Number.isFinite(x) ? 1 : 0)),
  bitAnd: undefined,
  bitOr: undefined,
  bitXor: undefined,
  bitNot: undefined,
  shiftLeft: undefined,
  shiftRight: undefined,
  gcd: undefined,
};
