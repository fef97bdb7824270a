import { type Loop, type Loops, logicLoops, map1, map2 } from "./loop.ts";

const same: Loop = map1((x) => x);

/** The loops on 32-bit integers: every result wraps, and dividing by zero throws a RangeError. */
export const integerLoops: Loops = {
  ...logicLoops,
  add: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = ((a[i] as number) + (b[i] as number)) | 0;
  },
  sub: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = ((a[i] as number) - (b[i] as number)) | 0;
  },
  mul: (out, a, b, _c, count) => {
    for (let i = 0; i < count; i++) out[i] = Math.imul(a[i] as number, b[i] as number);
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
  neg: map1((x) => -x | 0),
  abs: map1((x) => Math.abs(x) | 0),
  square: map1((x) => Math.imul(x, x)),
  sign: map1(Math.sign),
  relu: map1((x) => Math.max(x, 0)),
  floor: same,
  ceil: same,
  trunc: same,
  round: same,
  fmax: map2(Math.max),
  fmin: map2(Math.min),
  pow: map2(integerPower),
  fmod: map2((a, b) => (a % divisor("fmod", b)) | 0),
  remainder: map2((a, b) => {
    const rest = a % divisor("remainder", b);
    return (rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest) | 0;
  }),
  floorDivide: map2((a, b) => Math.floor(a / divisor("floorDivide", b)) | 0),
  bitAnd: map2((a, b) => a & b),
  bitOr: map2((a, b) => a | b),
  bitXor: map2((a, b) => a ^ b),
  bitNot: map1((a) => ~a),
  shiftLeft: map2((a, b) => (b < 0 || b > 31 ? 0 : a << b)),
  shiftRight: map2((a, b) => (b < 0 || b > 31 ? (a < 0 ? -1 : 0) : a >> b)),
  gcd: map2((a, b) => {
    let [x, y] = [Math.abs(a), Math.abs(b)];
    while (y !== 0) [x, y] = [y, x % y];
    return x | 0;
  }),
  isnan: map1(() => 0),
  isinf: map1(() => 0),
  isfinite: map1(() => 1),
  div: undefined,
  sqrt: undefined,
  rsqrt: undefined,
  reciprocal: undefined,
  exp: undefined,
  exp2: undefined,
  expm1: undefined,
  log: undefined,
  log2: undefined,
  log10: undefined,
  log1p: undefined,
  sin: undefined,
  cos: undefined,
  tan: undefined,
  asin: undefined,
  acos: undefined,
  atan: undefined,
  sinh: undefined,
  cosh: undefined,
  tanh: undefined,
  asinh: undefined,
  acosh: undefined,
  atanh: undefined,
  atan2: undefined,
  sigmoid: undefined,
  erf: undefined,
  erfc: undefined,
  hypot: undefined,
  copysign: undefined,
};

/** By repeated squaring; a negative exponent leaves what PyTorch's integers leave: 1, -1 or 0. */
function integerPower(base: number, exponent: number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? (exponent % 2 === 0 ? 1 : -1) : 0;
  let result = 1;
  for (let factor = base, rest = exponent; rest > 0; rest >>>= 1) {
    if (rest & 1) result = Math.imul(result, factor);
    factor = Math.imul(factor, factor);
  }
  return result;
}

function divisor(fn: string, value: number): number {
  if (value === 0) throw new RangeError(`${fn}: integer division by zero`);
  return value;
}
