import { functionsOf, type Node, type Step, schedule, toText } from "./ast.ts";
import type { FunctionName, MachineWord } from "./names.ts";

/** True where `toKernelBody` takes the formula: it knows every function, and every number is finite. */
export function canRunOnGpu(formula: Node): boolean {
  return problemOf(formula) === undefined;
}

/**
 * The statements of a GPU.js kernel that returns the formula; `reads` says how the kernel reads each name.
 *
 * Throws for functions that kernels do not have, and for numbers that are not finite.
 *
 * @example
 * toKernelBody(parse("x * x + c"), { x: "x[this.thread.x]", c: "this.constants.c" });
 * // => "const t0 = x[this.thread.x];\nconst t1 = t0 * t0;\nconst t2 = this.constants.c;\nreturn t1 + t2;"
 */
export function toKernelBody(formula: Node, reads: Readonly<Record<string, string>>): string {
  const problem = problemOf(formula);
  if (problem !== undefined) throw new TypeError(`formula: ${problem} on the GPU in "${toText(formula)}"`);
  const steps = schedule(formula);
  const lines: string[] = [];
  const values: string[] = [];
  let count = 0;
  for (const [index, step] of steps.entries()) {
    const text = textOf(
      step,
      step.args.map((arg) => values[arg] as string),
      reads,
      formula,
    );
    if (index === steps.length - 1) lines.push(`return ${text};`);
    else if (step.node.kind === "number") values.push(text);
    else {
      lines.push(`const t${count} = ${text};`);
      values.push(`t${count++}`);
    }
  }
  return lines.join("\n");
}

/** The functions that kernels have, with `#1`, `#2`, `#3` for the arguments, which are names or numbers. */
const functions: Partial<Readonly<Record<FunctionName | MachineWord, string>>> = {
  add: "#1 + #2",
  sub: "#1 - #2",
  mul: "#1 * #2",
  div: "#1 / #2",
  neg: "-#1",
  lt: "#1 < #2 ? 1.0 : 0.0",
  le: "#1 <= #2 ? 1.0 : 0.0",
  gt: "#1 > #2 ? 1.0 : 0.0",
  ge: "#1 >= #2 ? 1.0 : 0.0",
  // WGSL's != is false for NaN, so everything is asked by ==.
  eq: "#1 == #2 ? 1.0 : 0.0",
  ne: "#1 == #2 ? 0.0 : 1.0",
  not: "#1 == 0.0 ? 1.0 : 0.0",
  and: "(#1 == 0.0 || #2 == 0.0) ? 0.0 : 1.0",
  or: "(#1 == 0.0 && #2 == 0.0) ? 0.0 : 1.0",
  abs: "Math.abs(#1)",
  sign: "(#1 > 0.0 ? 1.0 : 0.0) - (#1 < 0.0 ? 1.0 : 0.0)",
  floor: "Math.floor(#1)",
  ceil: "Math.ceil(#1)",
  trunc: "#1 < 0.0 ? Math.ceil(#1) : Math.floor(#1)",
  sqrt: "Math.sqrt(#1)",
  rsqrt: "1.0 / Math.sqrt(#1)",
  reciprocal: "1.0 / #1",
  square: "#1 * #1",
  exp: "Math.exp(#1)",
  log: "Math.log(#1)",
  sin: "Math.sin(#1)",
  cos: "Math.cos(#1)",
  // GPU.js writes tanh by exponentials, which overflow: beyond 15 it is 1 in float32 anyway.
  tanh: "Math.tanh(Math.max(-15.0, Math.min(15.0, #1)))",
  sigmoid: "1.0 / (1.0 + Math.exp(-#1))",
  relu: "Math.max(#1, 0.0)",
  max: "Math.max(#1, #2)",
  min: "Math.min(#1, #2)",
  clamp: "Math.min(Math.max(#1, #2), #3)",
};

/** Like `Math.expm1` and `Math.log1p`, which GPU.js writes as `exp(x) - 1` and `log(1 + x)`: by series near 0. */
const careful: Partial<Readonly<Record<FunctionName | MachineWord, string>>> = {
  expm1: `Math.abs(#1) < 0.25 ? ${nested("#1", [1, 2, 3, 4, 5, 6, 7])} : Math.exp(#1) - 1.0`,
  log1p: `Math.abs(#1) < 0.25 ? ${areaTangent("(#1 / (2.0 + #1))")} : Math.log(1.0 + #1)`,
};

/** `x (1 + x/2 (1 + x/3 (…)))` */
function nested(x: string, [first, ...rest]: readonly number[]): string {
  return `${x} * ${1 / (first ?? 1)} * (1.0${rest.length > 0 ? ` + ${nested(x, rest)}` : ""})`;
}

/** `2 artanh(s)` for small s */
function areaTangent(s: string): string {
  return `2.0 * ${s} * (1.0 + ${s} * ${s} * (${1 / 3} + ${s} * ${s} * (0.2 + ${s} * ${s} * (${1 / 7} + ${s} * ${s} * ${1 / 9}))))`;
}

function textOf(
  { node }: Step,
  args: readonly string[],
  reads: Readonly<Record<string, string>>,
  formula: Node,
): string {
  if (node.kind === "number") return node.value < 0 ? `(${node.value})` : String(node.value);
  if (node.kind === "name") {
    const text = reads[node.name];
    if (text === undefined) throw new TypeError(`formula: "${node.name}" is not read in "${toText(formula)}"`);
    return text;
  }
  const template = node.kind === "select" ? "#1 == 0.0 ? #3 : #2" : (functions[node.fn] ?? careful[node.fn] ?? "");
  return template.replaceAll(/#(\d)/g, (_, digit: string) => args[Number(digit) - 1] as string);
}

function problemOf(formula: Node): string | undefined {
  for (const fn of functionsOf(formula)) {
    if (functions[fn] === undefined && careful[fn] === undefined) return `${fn} does not run`;
  }
  for (const { node } of schedule(formula)) {
    if (node.kind === "number" && !Number.isFinite(node.value)) return `the number ${node.value} does not exist`;
  }
  return undefined;
}
