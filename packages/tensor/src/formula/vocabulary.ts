import type { FunctionName, MachineWord, NamedFunction, OperatorName } from "./names.ts";

/** What one function of the notation is: how many arguments it takes and how it is written. */
export interface Word {
  readonly arity: number;
  /** TeX with `#1`, `#2`, `#3` for the arguments; a `.` after the digit asks for no parentheses. */
  readonly tex: string;
  /** How tightly the TeX binds; absent where it encloses itself. */
  readonly binding?: number;
  /** The sign it is written with instead of a name. */
  readonly symbol?: string;
  /** True where the value is only ever 1 or 0. */
  readonly boolean?: boolean;
}

/** How tightly each kind of expression binds: a higher one needs no parentheses inside a lower one. */
export const precedence = {
  select: 1,
  or: 2,
  and: 3,
  equality: 4,
  order: 5,
  sum: 6,
  product: 7,
  prefix: 8,
  primary: 9,
} as const;

const { or, and, equality, order, sum, product, prefix } = precedence;

/** Every operator of the notation, one row each. */
const operators: Readonly<Record<OperatorName, Word>> = {
  add: { arity: 2, symbol: "+", binding: sum, tex: "#1 + #2" },
  sub: { arity: 2, symbol: "-", binding: sum, tex: "#1 - #2" },
  mul: { arity: 2, symbol: "*", binding: product, tex: "#1 \\cdot #2" },
  div: { arity: 2, symbol: "/", tex: "\\frac{#1.}{#2.}" },
  neg: { arity: 1, symbol: "-", binding: prefix, tex: "-#1" },
  lt: { arity: 2, symbol: "<", binding: order, tex: "#1 < #2", boolean: true },
  le: { arity: 2, symbol: "<=", binding: order, tex: "#1 \\le #2", boolean: true },
  gt: { arity: 2, symbol: ">", binding: order, tex: "#1 > #2", boolean: true },
  ge: { arity: 2, symbol: ">=", binding: order, tex: "#1 \\ge #2", boolean: true },
  eq: { arity: 2, symbol: "==", binding: equality, tex: "#1 = #2", boolean: true },
  ne: { arity: 2, symbol: "!=", binding: equality, tex: "#1 \\ne #2", boolean: true },
  not: { arity: 1, symbol: "!", binding: prefix, tex: "\\neg #1", boolean: true },
  and: { arity: 2, symbol: "&&", binding: and, tex: "#1 \\land #2", boolean: true },
  or: { arity: 2, symbol: "||", binding: or, tex: "#1 \\lor #2", boolean: true },
};

/** Every named function of the notation, one row each. */
const functions: Readonly<Record<NamedFunction, Word>> = {
  abs: { arity: 1, tex: "\\left|#1.\\right|" },
  sign: { arity: 1, tex: "\\operatorname{sign}(#1.)" },
  floor: { arity: 1, tex: "\\lfloor #1. \\rfloor" },
  ceil: { arity: 1, tex: "\\lceil #1. \\rceil" },
  trunc: { arity: 1, tex: "\\operatorname{trunc}(#1.)" },
  round: { arity: 1, tex: "\\operatorname{round}(#1.)" },
  sqrt: { arity: 1, tex: "\\sqrt{#1.}" },
  rsqrt: { arity: 1, tex: "\\frac{1}{\\sqrt{#1.}}" },
  reciprocal: { arity: 1, tex: "\\frac{1}{#1.}" },
  square: { arity: 1, binding: prefix, tex: "{#1}^2" },
  exp: { arity: 1, tex: "e^{#1.}" },
  exp2: { arity: 1, tex: "2^{#1.}" },
  expm1: { arity: 1, binding: sum, tex: "e^{#1.} - 1" },
  log: { arity: 1, tex: "\\log(#1.)" },
  log2: { arity: 1, tex: "\\log_2(#1.)" },
  log10: { arity: 1, tex: "\\log_{10}(#1.)" },
  log1p: { arity: 1, tex: "\\log(1 + #1.)" },
  sin: { arity: 1, tex: "\\sin(#1.)" },
  cos: { arity: 1, tex: "\\cos(#1.)" },
  tan: { arity: 1, tex: "\\tan(#1.)" },
  asin: { arity: 1, tex: "\\arcsin(#1.)" },
  acos: { arity: 1, tex: "\\arccos(#1.)" },
  atan: { arity: 1, tex: "\\arctan(#1.)" },
  sinh: { arity: 1, tex: "\\sinh(#1.)" },
  cosh: { arity: 1, tex: "\\cosh(#1.)" },
  tanh: { arity: 1, tex: "\\tanh(#1.)" },
  asinh: { arity: 1, tex: "\\operatorname{arsinh}(#1.)" },
  acosh: { arity: 1, tex: "\\operatorname{arcosh}(#1.)" },
  atanh: { arity: 1, tex: "\\operatorname{artanh}(#1.)" },
  atan2: { arity: 2, tex: "\\operatorname{atan2}(#1., #2.)" },
  pow: { arity: 2, binding: prefix, tex: "{#1}^{#2.}" },
  sigmoid: { arity: 1, tex: "\\sigma(#1.)" },
  relu: { arity: 1, tex: "\\operatorname{relu}(#1.)" },
  erf: { arity: 1, tex: "\\operatorname{erf}(#1.)" },
  erfc: { arity: 1, tex: "\\operatorname{erfc}(#1.)" },
  erfinv: { arity: 1, tex: "\\operatorname{erf}^{-1}(#1.)" },
  lgamma: { arity: 1, tex: "\\log\\left|\\Gamma(#1.)\\right|" },
  digamma: { arity: 1, tex: "\\psi(#1.)" },
  trigamma: { arity: 1, tex: "\\psi^{(1)}(#1.)" },
  polygamma: { arity: 2, tex: "\\psi^{(#1.)}(#2.)" },
  max: { arity: 2, tex: "\\max(#1., #2.)" },
  min: { arity: 2, tex: "\\min(#1., #2.)" },
  fmax: { arity: 2, tex: "\\operatorname{fmax}(#1., #2.)" },
  fmin: { arity: 2, tex: "\\operatorname{fmin}(#1., #2.)" },
  clamp: { arity: 3, tex: "\\operatorname{clamp}(#1., #2., #3.)" },
  fmod: { arity: 2, tex: "\\operatorname{fmod}(#1., #2.)" },
  remainder: { arity: 2, tex: "\\operatorname{remainder}(#1., #2.)" },
  floorDivide: { arity: 2, tex: "\\left\\lfloor \\frac{#1.}{#2.} \\right\\rfloor" },
  hypot: { arity: 2, tex: "\\sqrt{{#1}^2 + {#2}^2}" },
  copysign: { arity: 2, tex: "\\operatorname{copysign}(#1., #2.)" },
  isnan: { arity: 1, tex: "\\operatorname{isnan}(#1.)", boolean: true },
  isinf: { arity: 1, tex: "\\operatorname{isinf}(#1.)", boolean: true },
  isfinite: { arity: 1, tex: "\\operatorname{isfinite}(#1.)", boolean: true },
  bitAnd: { arity: 2, tex: "\\operatorname{and}(#1., #2.)" },
  bitOr: { arity: 2, tex: "\\operatorname{or}(#1., #2.)" },
  bitXor: { arity: 2, tex: "\\operatorname{xor}(#1., #2.)" },
  bitNot: { arity: 1, tex: "\\operatorname{not}(#1.)" },
  shiftLeft: { arity: 2, binding: order, tex: "#1 \\ll #2" },
  shiftRight: { arity: 2, binding: order, tex: "#1 \\gg #2" },
  gcd: { arity: 2, tex: "\\gcd(#1., #2.)" },
};

/**
 * What only the WebAssembly target knows. `wide` and `narrow` go between 4 float32 lanes and twice
 * 2 float64 lanes; the others work on the bits of their arguments, or are single instructions.
 */
const machineWords: Readonly<Record<MachineWord, Word>> = {
  wide: { arity: 1, tex: "#1" },
  narrow: { arity: 1, tex: "#1" },
  pmin: { arity: 2, tex: "#1" },
  pmax: { arity: 2, tex: "#1" },
  bits: { arity: 2, tex: "#1" },
  orBits: { arity: 2, tex: "#1" },
  xorBits: { arity: 2, tex: "#1" },
  addBits: { arity: 2, tex: "#1" },
  subBits: { arity: 2, tex: "#1" },
  shiftLeftBits: { arity: 2, tex: "#1" },
  shiftRightBits: { arity: 2, tex: "#1" },
  pick: { arity: 3, tex: "#1" },
  expWide: { arity: 1, tex: "#1" },
  logWide: { arity: 1, tex: "#1" },
  atanWide: { arity: 1, tex: "#1" },
  patchSin: { arity: 2, tex: "#1" },
  patchCos: { arity: 2, tex: "#1" },
  patchTan: { arity: 2, tex: "#1" },
  patchFmod: { arity: 3, tex: "#1" },
};

/** The whole notation. */
export const vocabulary: Readonly<Record<FunctionName, Word>> = { ...operators, ...functions };

/** True for a function that a formula may call by name. */
export function isFunction(name: string): name is NamedFunction {
  return Object.hasOwn(functions, name);
}

/** True for a word that only definitions of the WebAssembly target may call. */
export function isMachineWord(name: string): name is MachineWord {
  return Object.hasOwn(machineWords, name);
}

/** The row of a function or of a machine word. */
export function wordOf(name: FunctionName | MachineWord): Word {
  return isMachineWord(name) ? machineWords[name] : vocabulary[name];
}
