import { isFloat, resultType } from "../../dtype.ts";
import { canRunOnGpu } from "../../formula/gpu.ts";
import { dividesIntegers, isIntegerOnGpu, toIntegerWgsl } from "../../formula/gpu-integers.ts";
import type { Formula, KernelOp } from "../../op.ts";
import { broadcastStrides, sameShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { converted, wgslTypeOf } from "./elements.ts";
import { bufferOf, type GpuKernel, notOnGpu } from "./kernel.ts";
import { type Places, placesOver } from "./places.ts";
import type { Runtime } from "./runtime.ts";
import { alone, fitQuads, inQuads, quadOf, runEach } from "./shader.ts";
import { formulaFunction, formulaToWgsl } from "./translate.ts";

type Params = Readonly<Record<string, number>>;

/**
 * Computes an elementwise op from its formula, wherever the operands lie: in float32, or in 32-bit integers that wrap
 * where the operands are integers and the result is too. Throws for the few formulas that exist in neither.
 */
export function runFormula<A>(
  runtime: Runtime,
  op: KernelOp<A>,
  formula: Formula,
  inputs: readonly Tensor[],
  output: Tensor,
  attrs: A,
): void {
  const integers = usesIntegers(op.name, formula, inputs);
  runFunction(runtime, {
    owner: op,
    name: formulaFunction,
    functions: () => (integers ? integerFunction(formula) : formulaToWgsl(formula)),
    type: integers ? "int32" : "float32",
    inputs,
    params: formula.params.map((name) => (attrs as Params)[name] as number),
    output,
    ...(integers && dividesIntegers(formula.node) ? { alarm: `${op.name}: integer division by zero` } : {}),
  });
}

interface FunctionCall {
  readonly owner: object;
  /** The WGSL function, and what declares it. */
  readonly name: string;
  functions?(): string;
  /** The dtype of its parameters and of what it returns. */
  readonly type: "float32" | "int32";
  /** Its arguments: one element of each input, then the numbers. */
  readonly inputs: readonly Tensor[];
  readonly params: readonly number[];
  readonly output: Tensor;
  readonly alarm?: string;
}

/** Calls a WGSL function for each element; the inputs broadcast, and some may be numbers. */
export function runFunction(
  runtime: Runtime,
  { owner, name, functions = () => "", type, inputs, params, output, alarm }: FunctionCall,
): void {
  const isTensor = inputs.map((x) => !x.isNumber);
  const numbers = inputs.filter((x) => x.isNumber).map(({ storage }) => storage.data[0] as number);
  runStrided(runtime, {
    owner,
    variant: isTensor.join(),
    tensors: inputs.filter((x) => !x.isNumber),
    output,
    type,
    numbers: [...numbers, ...params],
    alarm,
    body: (given) => {
      let tensor = 0;
      let number = 0;
      const operands = inputs.map((x, i) => (isTensor[i] ? converted(`x${tensor++}`, x.dtype, type) : given[number++]));
      const value = `${name}(${[...operands, ...given.slice(number)].join(", ")})`;
      return { functions: functions(), value: converted(value, type, output.dtype) };
    },
  });
}

/** Copies elements to another place and dtype. */
export const runCopy: GpuKernel = (runtime, inputs, output) => {
  const { dtype } = inputs[0] as Tensor;
  const body = (): Source => ({ value: converted("x0", dtype, output.dtype) });
  runStrided(runtime, { owner: runCopy, tensors: inputs, output, body });
};

/** Writes `value`, as the dtype stores it, to every element. */
export function fill(runtime: Runtime, output: Tensor, value: number): void {
  const { dtype, offset, size } = output;
  if (Object.is(value, 0) && output.isContiguous) {
    runtime.clear(bufferOf(output), offset, size);
    return;
  }
  const type = dtype === "float32" ? dtype : "int32";
  const body = ([given = ""]: readonly string[]): Source => ({ value: converted(given, type, dtype) });
  runStrided(runtime, { owner: fill, tensors: [], output, type, numbers: [value], body });
}

/** Whether two tensors hold the same elements in the same places. */
export const coincide = (x: Tensor, y: Tensor): boolean =>
  x.storage === y.storage &&
  x.offset === y.offset &&
  sameShape(x.shape, y.shape) &&
  x.strides.every((step, dim) => step === y.strides[dim] || x.shape[dim] === 1);

function usesIntegers(who: string, { node, result }: Formula, inputs: readonly Tensor[]): boolean {
  const promoted = resultType(inputs);
  const whole = !isFloat(promoted) && result !== "float";
  if (whole && isIntegerOnGpu(node)) return true;
  // Truth values of integers whose formula knows infinity are right in float32 too: sign and size survive.
  if (!canRunOnGpu(node) || (whole && result === "same")) throw notOnGpu(who, `for ${promoted}`);
  return false;
}

function integerFunction({ node, inputs, params }: Formula): string {
  const divisor = `fn divisor(x : i32) -> i32 {
  if (x == 0) { raise(a.alarm, 0); }
  return x;
}`;
  return `${dividesIntegers(node) ? divisor : ""}\n${toIntegerWgsl(formulaFunction, node, [...inputs, ...params])}`;
}

/** What a shader computes for each element: WGSL over `x0`, `x1`, …, the elements of the tensors. */
interface Source {
  readonly functions?: string;
  readonly value: string;
}

interface Task {
  readonly owner: object;
  /** Names the source among those of `owner`, beside ranks and dtypes. */
  readonly variant?: string;
  readonly tensors: readonly Tensor[];
  readonly output: Tensor;
  /** Numbers that the body reads, and what they are. */
  readonly type?: "float32" | "int32";
  readonly numbers?: readonly number[];
  /** The sentence that the body may raise. */
  readonly alarm?: string | undefined;
  /** `given` are the numbers, in WGSL. */
  body(given: readonly string[]): Source;
}

/**
 * Computes the value of each element: of many that lie one after the other in quads, else one by one, with a step for
 * each dimension where they lie apart. A tensor that coincides with the output is read through it.
 */
function runStrided(
  runtime: Runtime,
  { owner, variant = "", tensors, output, type = "float32", numbers = [], alarm, body }: Task,
): void {
  const { shape, size } = output;
  const own = tensors.map((x) => coincide(x, output));
  const lined = output.isContiguous && tensors.every((x) => x.isContiguous && sameShape(x.shape, shape));
  const division = lined && fitQuads([output, ...tensors]) ? inQuads : alone;
  const places = lined ? inLine : placesOf(tensors, output);
  const given = Object.fromEntries(numbers.map((number, k) => [`number${k}`, number]));
  const job = {
    inputs: Object.fromEntries(tensors.flatMap((x, k) => (own[k] === true ? [] : [[`tensor${k}`, x]]))),
    output,
    whole: type === "int32" ? { ...places.whole, ...given } : places.whole,
    floats: type === "int32" ? {} : given,
    alarm,
  };
  const key = [variant, type, places.rank, ...tensors.map(({ dtype }) => dtype), ...own, output.dtype].join();
  const source = (): { functions: string; body: string } => {
    const { functions = "", value } = body(
      Object.keys(given).map((name) => (type === "int32" ? `bitcast<i32>(a.${name})` : `a.${name}`)),
    );
    const takes = tensors.map(({ dtype }, k) => `x${k} : ${wgslTypeOf(dtype)}`).join(", ");
    const returns = wgslTypeOf(output.dtype);
    const base = (name: string): string => (lined ? "index" : `${name}Base`);
    const reads = own.map((is, k) => `let x${k} = ${is ? `made(${base("to")})` : `tensor${k}(${base(`x${k}`)})`};`);
    const call = (part: string): string => `valueOf(${tensors.map((_, k) => `x${k}${part}`).join(", ")})`;
    const made = division === alone ? call("") : quadOf(returns, call);
    return {
      functions: `${functions}\nfn valueOf(${takes}) -> ${returns} { return ${value}; }`,
      body: [places.wgsl, ...reads, `put(${base("to")}, ${made});`].join("\n    "),
    };
  };
  runEach(runtime, owner, key, size / division.width, job, source, division);
}

/** Where the tensors and the output, `to`, have the elements of its shape. */
function placesOf(tensors: readonly Tensor[], output: Tensor): Places {
  const strides = tensors.map((x, k) => [`x${k}`, broadcastStrides(x, output.shape)]);
  return placesOver(output.shape, { ...Object.fromEntries(strides), to: output.strides });
}

/** Element i of every operand is at place i. */
const inLine: Places = { rank: -1, whole: {}, wgsl: "" };
