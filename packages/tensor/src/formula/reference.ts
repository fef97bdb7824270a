import { type Node, type Step, schedule, toText } from "./ast.ts";
import { floatLoops } from "./float-loops.ts";
import { integerLoops } from "./integer-loops.ts";
import type { Loop } from "./loop.ts";
import { isMachineWord } from "./vocabulary.ts";

/** Elements that are worked on at once. */
export const blockSize = 512;

/** Fills `register[0 … count)` with the elements `start … start + count` of input number `input`. */
export type Load = (input: number, register: Float64Array, start: number, count: number) => void;

/** Takes the results `register[0 … count)` of the elements `start … start + count`. */
export type Store = (register: Float64Array, start: number, count: number) => void;

/** A formula ready to run. */
export interface ReferenceKernel {
  /** The names that `load` and `params` count by. */
  readonly inputs: readonly string[];
  readonly params: readonly string[];
  /** Evaluates elements `0 … n` in blocks; `params` holds one value per parameter. */
  run(load: Load, params: readonly number[], store: Store, n: number): void;
}

/** `float` computes in float64; `int` in 32-bit integers that wrap after every operation. */
export type ReferenceMode = "float" | "int";

/**
 * An evaluator of the formula over blocks of 512 elements in float64 registers, one loop per value.
 * The caller loads and stores, so any dtype and any strides will do; each result is rounded once,
 * at the store.
 *
 * Throws when a name is neither an input nor a parameter, and in mode `int` for functions and numbers
 * that have no integer form.
 *
 * @example
 * const kernel = compileReference(parse("x * x + c"), ["x"], ["c"], "float");
 * const x = [1, 2, 3];
 * const y: number[] = [];
 * kernel.run(
 *   (_, register, start, count) => register.set(x.slice(start, start + count)),
 *   [10],
 *   (register, start, count) => y.push(...register.subarray(0, count)),
 *   3,
 * );
 * y; // => [11, 14, 19]
 */
export function compileReference(
  formula: Node,
  inputs: readonly string[],
  params: readonly string[],
  mode: ReferenceMode,
): ReferenceKernel {
  const steps = schedule(formula);
  const places = allocate(steps, inputs);
  const plan = steps.map(({ node, args }, index): Action => {
    const out = places.of[index] as number;
    const at = args.map((arg) => places.of[arg] as number);
    if (node.kind === "number") return { kind: "constant", out, value: constantOf(node.value, mode, formula) };
    if (node.kind === "name") return reading(node.name, out, inputs, params, formula);
    const [a = out, b = out, c = out] = at;
    return { kind: "loop", out, a, b, c, loop: loopOf(node, mode, formula) };
  });
  let registers: readonly Float64Array[] | undefined;
  const run = (load: Load, values: readonly number[], store: Store, n: number): void => {
    checkParams(values, params, mode, formula);
    registers ??= createRegisters(places.count, plan);
    runPlan(plan, registers, load, values, store, n);
  };
  return { inputs, params, run };
}

type Action =
  | { readonly kind: "constant"; readonly out: number; readonly value: number }
  | { readonly kind: "param"; readonly out: number; readonly param: number }
  | { readonly kind: "load"; readonly out: number; readonly input: number }
  | {
      readonly kind: "loop";
      readonly out: number;
      readonly a: number;
      readonly b: number;
      readonly c: number;
      readonly loop: Loop;
    };

function runPlan(
  plan: readonly Action[],
  registers: readonly Float64Array[],
  load: Load,
  values: readonly number[],
  store: Store,
  n: number,
): void {
  for (const action of plan) {
    if (action.kind === "param") (registers[action.out] as Float64Array).fill(values[action.param] as number);
  }
  const result = registers[(plan.at(-1) as Action).out] as Float64Array;
  for (let start = 0; start < n; start += blockSize) {
    const count = Math.min(blockSize, n - start);
    for (const action of plan) {
      const out = registers[action.out] as Float64Array;
      if (action.kind === "load") load(action.input, out, start, count);
      else if (action.kind === "loop") {
        const { a, b, c, loop } = action;
        loop(out, registers[a] as Float64Array, registers[b] as Float64Array, registers[c] as Float64Array, count);
      }
    }
    store(result, start, count);
  }
}

/** A register per step; those that are filled once per run keep theirs, the others hand it on after their last use. */
function allocate(steps: readonly Step[], inputs: readonly string[]): { of: readonly number[]; count: number } {
  const lastUse = steps.map((_, index) => index);
  for (const [index, { args }] of steps.entries()) for (const arg of args) lastUse[arg] = index;
  const isFixed = ({ node }: Step): boolean =>
    node.kind === "number" || (node.kind === "name" && !inputs.includes(node.name));
  const of: number[] = [];
  const free: number[] = [];
  let count = 0;
  for (const [index, step] of steps.entries()) {
    for (const arg of new Set(step.args)) {
      if (lastUse[arg] === index && !isFixed(steps[arg] as Step)) free.push(of[arg] as number);
    }
    of.push((isFixed(step) ? undefined : free.pop()) ?? count++);
  }
  return { of, count };
}

function createRegisters(count: number, plan: readonly Action[]): readonly Float64Array[] {
  const registers = Array.from({ length: count }, () => new Float64Array(blockSize));
  for (const action of plan) {
    if (action.kind === "constant") (registers[action.out] as Float64Array).fill(action.value);
  }
  return registers;
}

function reading(
  name: string,
  out: number,
  inputs: readonly string[],
  params: readonly string[],
  formula: Node,
): Action {
  const input = inputs.indexOf(name);
  if (input >= 0) return { kind: "load", out, input };
  const param = params.indexOf(name);
  if (param >= 0) return { kind: "param", out, param };
  const known = [...inputs, ...params].join(", ");
  throw new TypeError(`formula: "${name}" is none of the inputs and parameters (${known}) in "${toText(formula)}"`);
}

function loopOf(node: Node, mode: ReferenceMode, formula: Node): Loop {
  const fn = node.kind === "call" ? node.fn : "select";
  const loops = mode === "int" ? integerLoops : floatLoops;
  const loop = isMachineWord(fn) ? undefined : loops[fn];
  if (loop !== undefined) return loop;
  const numbers = mode === "int" ? "integers" : "floats";
  throw new TypeError(`formula: ${fn} is not defined on ${numbers} in "${toText(formula)}"`);
}

function constantOf(value: number, mode: ReferenceMode, formula: Node): number {
  if (mode === "int" && !isInt32(value)) {
    throw new TypeError(`formula: ${value} is not a 32-bit integer in "${toText(formula)}"`);
  }
  return value;
}

function checkParams(values: readonly number[], params: readonly string[], mode: ReferenceMode, formula: Node): void {
  if (values.length !== params.length) {
    throw new TypeError(
      `formula: ${params.length} parameters expected, ${values.length} given in "${toText(formula)}"`,
    );
  }
  if (mode === "float") return;
  for (const [index, value] of values.entries()) {
    if (!isInt32(value)) {
      throw new RangeError(`formula: ${params[index]} = ${value} is not a 32-bit integer in "${toText(formula)}"`);
    }
  }
}

function isInt32(value: number): boolean {
  return (value | 0) === value;
}
