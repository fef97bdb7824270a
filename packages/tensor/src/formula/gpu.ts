import { functionsOf, type Node, type Step, schedule, toText } from "./ast.ts";
import type { FunctionName, MachineWord } from "./names.ts";

/** True where `toKernelBody` takes the formula: all but functions of integers. */
export function canRunOnGpu(formula: Node): boolean {
  return problemOf(formula) === undefined;
}

/**
 * The statements of a GPU.js kernel that returns the formula; `reads` says how the kernel reads each name. What GPU.js
 * lacks or gets wrong it calls by its own name, such as `erf(t0)`: see `kernelCalls`.
 *
 * Throws for functions of integers.
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

/** The functions that a kernel of `formula` calls by name, and how many arguments each takes. */
export function kernelCalls(formula: Node): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { node } of schedule(formula)) {
    if (node.kind === "call" && natives.has(node.fn)) found.set(node.fn, node.args.length);
    if (node.kind === "number" && !isWritable(node.value)) found.set(constantName(node.value), 0);
  }
  return found;
}

/** What GPU.js writes well enough, with `#1`, `#2`, `#3` for the arguments, which are names or numbers. */
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
};

/** What it lacks, or is wrong about at NaN, infinity and large numbers, or errs in by more than float32 must. */
const natives: ReadonlySet<FunctionName | MachineWord> = new Set([
  "round",
  "exp",
  "exp2",
  "expm1",
  "log",
  "log2",
  "log10",
  "log1p",
  "sin",
  "cos",
  "tan",
  "asin",
  "acos",
  "atan",
  "sinh",
  "cosh",
  "tanh",
  "asinh",
  "acosh",
  "atanh",
  "atan2",
  "pow",
  "sigmoid",
  "relu",
  "erf",
  "erfc",
  "max",
  "min",
  "fmax",
  "fmin",
  "clamp",
  "fmod",
  "remainder",
  "floorDivide",
  "hypot",
  "copysign",
  "isnan",
  "isinf",
  "isfinite",
] as const);

/** Whether a number may stand in WGSL: finite in float32. */
const isWritable = (value: number): boolean => Number.isFinite(Math.fround(value));

/** The function of no arguments that stands for a number that may not. */
const constantName = (value: number): string => (Number.isNaN(value) ? "notANumber" : "infinity");

function numberText(value: number): string {
  if (isWritable(value)) return value < 0 ? `(${value})` : String(value);
  return value < 0 ? "(-infinity())" : `${constantName(value)}()`;
}

function textOf(
  { node }: Step,
  args: readonly string[],
  reads: Readonly<Record<string, string>>,
  formula: Node,
): string {
  if (node.kind === "number") return numberText(node.value);
  if (node.kind === "name") {
    const text = reads[node.name];
    if (text === undefined) throw new TypeError(`formula: "${node.name}" is not read in "${toText(formula)}"`);
    return text;
  }
  if (node.kind === "call" && natives.has(node.fn)) return `${node.fn}(${args.join(", ")})`;
  const template = node.kind === "select" ? "#1 == 0.0 ? #3 : #2" : (functions[node.fn] ?? "");
  return template.replaceAll(/#(\d)/g, (_, digit: string) => args[Number(digit) - 1] as string);
}

function problemOf(formula: Node): string | undefined {
  for (const fn of functionsOf(formula)) {
    if (functions[fn] === undefined && !natives.has(fn)) return `${fn} does not run`;
  }
  return undefined;
}
