import { functionsOf, type Node, schedule } from "./ast.ts";
import type { FunctionName, MachineWord } from "./names.ts";

/** True where `toIntegerWgsl` takes the formula: all of its functions and numbers exist on 32-bit integers. */
export function isIntegerOnGpu(formula: Node): boolean {
  return (
    [...functionsOf(formula)].every((fn) => functions[fn] !== undefined) &&
    schedule(formula).every(({ node }) => node.kind !== "number" || (node.value | 0) === node.value)
  );
}

/** True where the formula divides: by 0, integers have no quotient. */
export const dividesIntegers = (formula: Node): boolean =>
  [...functionsOf(formula)].some((fn) => fn === "fmod" || fn === "remainder" || fn === "floorDivide");

/**
 * A WGSL function `name` of `names`, i32 each, that computes the formula as i32: every result wraps. Divisors go through
 * `divisor(x)`, which the shader defines where `dividesIntegers`.
 */
export function toIntegerWgsl(name: string, formula: Node, names: readonly string[]): string {
  const values: string[] = [];
  const lines = schedule(formula).map(({ node, args }, step) => {
    const parts = args.map((arg) => values[arg] as string);
    values.push(`t${step}`);
    return `  let t${step} : i32 = ${textOf(node, parts)};`;
  });
  const parameters = names.map((each) => `user_${each} : i32`).join(", ");
  const used = new Set([...functionsOf(formula)].flatMap((fn) => helpers[fn] ?? []));
  return `${[...used].join("\n")}\nfn ${name}(${parameters}) -> i32 {\n${lines.join("\n")}\n  return ${values.at(-1)};\n}`;
}

function textOf(node: Node, args: readonly string[]): string {
  if (node.kind === "number") return `i32(${node.value})`;
  if (node.kind === "name") return `user_${node.name}`;
  const template = node.kind === "select" ? "select(#3, #2, #1 != 0)" : (functions[node.fn] as string);
  return template.replaceAll(/#(\d)/g, (_, digit: string) => args[Number(digit) - 1] as string);
}

const truth = (condition: string): string => `select(0, 1, ${condition})`;

const functions: Partial<Readonly<Record<FunctionName | MachineWord, string>>> = {
  add: "#1 + #2",
  sub: "#1 - #2",
  mul: "#1 * #2",
  neg: "-#1",
  lt: truth("#1 < #2"),
  le: truth("#1 <= #2"),
  gt: truth("#1 > #2"),
  ge: truth("#1 >= #2"),
  eq: truth("#1 == #2"),
  ne: truth("#1 != #2"),
  not: truth("#1 == 0"),
  and: truth("#1 != 0 && #2 != 0"),
  or: truth("#1 != 0 || #2 != 0"),
  abs: "abs(#1)",
  square: "#1 * #1",
  sign: "sign(#1)",
  relu: "max(#1, 0)",
  floor: "#1",
  ceil: "#1",
  trunc: "#1",
  round: "#1",
  max: "max(#1, #2)",
  min: "min(#1, #2)",
  fmax: "max(#1, #2)",
  fmin: "min(#1, #2)",
  clamp: "min(max(#1, #2), #3)",
  pow: "wholePower(#1, #2)",
  fmod: "#1 % divisor(#2)",
  remainder: "wholeRemainder(#1, divisor(#2))",
  floorDivide: "(#1 - wholeRemainder(#1, divisor(#2))) / divisor(#2)",
  bitAnd: "#1 & #2",
  bitOr: "#1 | #2",
  bitXor: "#1 ^ #2",
  bitNot: "~#1",
  shiftLeft: "select(0, #1 << (bitcast<u32>(#2) & 31u), bitcast<u32>(#2) < 32u)",
  shiftRight: "#1 >> select(31u, bitcast<u32>(#2), bitcast<u32>(#2) < 32u)",
  gcd: "greatestDivisor(#1, #2)",
  isnan: "0",
  isinf: "0",
  isfinite: "1",
};

const wholeRemainder = `fn wholeRemainder(x : i32, y : i32) -> i32 {
  let rest = x % y;
  return select(rest, rest + y, rest != 0 && (rest < 0) != (y < 0));
}`;

const helpers: Partial<Readonly<Record<FunctionName | MachineWord, string>>> = {
  remainder: wholeRemainder,
  floorDivide: wholeRemainder,
  // A negative exponent leaves what PyTorch's integers leave: 1, -1 or 0.
  pow: `fn wholePower(x : i32, y : i32) -> i32 {
  if (y < 0) { return select(0, select(1, x, (y & 1) == 1), abs(x) == 1); }
  var result = 1;
  var factor = x;
  for (var rest = u32(y); rest > 0u; rest >>= 1u) {
    if ((rest & 1u) == 1u) { result *= factor; }
    factor *= factor;
  }
  return result;
}`,
  gcd: `fn greatestDivisor(x : i32, y : i32) -> i32 {
  var a = abs(x);
  var b = abs(y);
  while (b != 0) {
    let rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}`,
};
