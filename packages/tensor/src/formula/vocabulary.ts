import type { FunctionName, MachineWord, NamedFunction, OperatorName } from "./names.ts";

/** An operator: how many arguments it takes, and how it is written. */
export interface Operator {
  readonly arity: number;
  readonly symbol: string;
  readonly binding: number;
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

/** Every operator of the notation, one row each. */
export const operators: Readonly<Record<OperatorName, Operator>> = {
  add: { arity: 2, symbol: "+", binding: precedence.sum },
  sub: { arity: 2, symbol: "-", binding: precedence.sum },
  mul: { arity: 2, symbol: "*", binding: precedence.product },
  div: { arity: 2, symbol: "/", binding: precedence.product },
  neg: { arity: 1, symbol: "-", binding: precedence.prefix },
  lt: { arity: 2, symbol: "<", binding: precedence.order },
  le: { arity: 2, symbol: "<=", binding: precedence.order },
  gt: { arity: 2, symbol: ">", binding: precedence.order },
  ge: { arity: 2, symbol: ">=", binding: precedence.order },
  eq: { arity: 2, symbol: "==", binding: precedence.equality },
  ne: { arity: 2, symbol: "!=", binding: precedence.equality },
  not: { arity: 1, symbol: "!", binding: precedence.prefix },
  and: { arity: 2, symbol: "&&", binding: precedence.and },
  or: { arity: 2, symbol: "||", binding: precedence.or },
};

/** How many arguments every named function of the notation takes. */
export const functions: Readonly<Record<NamedFunction, number>> = {
  abs: 1,
  sign: 1,
  floor: 1,
  ceil: 1,
  trunc: 1,
  round: 1,
  sqrt: 1,
  rsqrt: 1,
  reciprocal: 1,
  square: 1,
  exp: 1,
  exp2: 1,
  expm1: 1,
  log: 1,
  log2: 1,
  log10: 1,
  log1p: 1,
  sin: 1,
  cos: 1,
  tan: 1,
  asin: 1,
  acos: 1,
  atan: 1,
  sinh: 1,
  cosh: 1,
  tanh: 1,
  asinh: 1,
  acosh: 1,
  atanh: 1,
  atan2: 2,
  pow: 2,
  sigmoid: 1,
  relu: 1,
  erf: 1,
  erfc: 1,
  max: 2,
  min: 2,
  fmax: 2,
  fmin: 2,
  clamp: 3,
  fmod: 2,
  remainder: 2,
  floorDivide: 2,
  hypot: 2,
  copysign: 2,
  isnan: 1,
  isinf: 1,
  isfinite: 1,
  bitAnd: 2,
  bitOr: 2,
  bitXor: 2,
  bitNot: 1,
  shiftLeft: 2,
  shiftRight: 2,
  gcd: 2,
};

/**
 * What only the WebAssembly target knows, by how many arguments it takes. `wide` and `narrow` go between 4 float32
 * lanes and twice 2 float64 lanes; the others work on the bits of their arguments, or are single instructions.
 */
const machineWords: Readonly<Record<MachineWord, number>> = {
  wide: 1,
  narrow: 1,
  pmin: 2,
  pmax: 2,
  madd: 3,
  bits: 2,
  orBits: 2,
  xorBits: 2,
  addBits: 2,
  subBits: 2,
  shiftLeftBits: 2,
  shiftRightBits: 2,
  pick: 3,
  expWide: 1,
  erfPlusOne: 1,
  logWide: 1,
  atanWide: 1,
  patchSin: 2,
  patchCos: 2,
  patchTan: 2,
  patchFmod: 3,
};

/** What is only ever 1 or 0. */
const truths: ReadonlySet<FunctionName | MachineWord> = new Set<FunctionName>([
  "lt",
  "le",
  "gt",
  "ge",
  "eq",
  "ne",
  "not",
  "and",
  "or",
  "isnan",
  "isinf",
  "isfinite",
]);

/** True for an operator. */
export function isOperator(name: FunctionName | MachineWord): name is OperatorName {
  return Object.hasOwn(operators, name);
}

/** True for a function that a formula may call by name. */
export function isFunction(name: string): name is NamedFunction {
  return Object.hasOwn(functions, name);
}

/** True for a word that only definitions of the WebAssembly target may call. */
export function isMachineWord(name: string): name is MachineWord {
  return Object.hasOwn(machineWords, name);
}

/** True where the value is only ever 1 or 0. */
export function isTruth(name: FunctionName | MachineWord): boolean {
  return truths.has(name);
}

/** How many arguments it takes. */
export function arityOf(name: FunctionName | MachineWord): number {
  if (isOperator(name)) return operators[name].arity;
  return isMachineWord(name) ? machineWords[name] : functions[name];
}
