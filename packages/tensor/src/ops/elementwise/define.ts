import { FormulaKernel } from "../../devices/wasm/elementwise.ts";
import { type DType, isFloat, resultType } from "../../dtype.ts";
import { notTensor } from "../../errors.ts";
import type { Node } from "../../formula/ast.ts";
import { parse } from "../../formula/parse.ts";
import { compileReference, type ReferenceKernel } from "../../formula/reference.ts";
import { apply, type Callable, callable, type Formula, type KernelOp } from "../../op.ts";
import { broadcastShapes, type Shape, sameShape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { runBlocks } from "./blocks.ts";

/** Numbers a formula refers to by name, beside its tensors. */
export type Params = Readonly<Record<string, number>>;

export type ElementwiseOp = KernelOp<Params> & { readonly formula: Formula };

/**
 * What dtype comes out of promoted operands: `same` (integers stay integers and wrap), `float` (integers become
 * float32) or `bool` (a truth value).
 */
export type Result = "same" | "float" | "bool";

/** `numbers` leaves out bool; `integers` takes bool too, `int` does not. */
export type Accepts = keyof typeof acceptable;

const acceptable = {
  floats: ["floating-point tensors", (dtype: DType): boolean => isFloat(dtype)],
  integers: ["integer and bool tensors", (dtype: DType): boolean => !isFloat(dtype)],
  int: ["integer tensors", (dtype: DType): boolean => !isFloat(dtype) && dtype !== "bool"],
  numbers: ["numbers", (dtype: DType): boolean => dtype !== "bool"],
} as const;

interface Options {
  /** Default `float` for one operand, `same` for several. */
  readonly result?: Result;
  /** Dtypes it takes, by a word for the error; default all. */
  readonly accepts?: Accepts;
}

type Unary<P extends Params> = (x: Tensor, params?: Partial<P>) => Tensor;
type Binary<P extends Params> = (x: Tensor | number, y: Tensor | number, params?: Partial<P>) => Tensor;
type Ternary<P extends Params> = (
  x: Tensor | number,
  y: Tensor | number,
  z: Tensor | number,
  params?: Partial<P>,
) => Tensor;

/** An elementwise op of one tensor `x`: a name and a formula. */
/* @__NO_SIDE_EFFECTS__ */
export function unary<P extends Params = Record<never, number>>(
  name: string,
  formula: string,
  params?: P,
  options?: Options,
): Callable<Unary<P>, ElementwiseOp> {
  const op = elementwise(name, ["x"], formula, params, { result: "float", ...options });
  return callable((x: Tensor, given?: Partial<P>) => apply(op, [x], withDefaults(params, given)), op);
}

/** An elementwise op of `x` and `y`, which broadcast; either may be a number. */
/* @__NO_SIDE_EFFECTS__ */
export function binary<P extends Params = Record<never, number>>(
  name: string,
  formula: string,
  params?: P,
  options?: Options,
): Callable<Binary<P>, ElementwiseOp> {
  const op = elementwise(name, ["x", "y"], formula, params, options);
  return callable(
    (x: Tensor | number, y: Tensor | number, given?: Partial<P>) =>
      apply(
        op,
        typeof x === "object" && typeof y === "object" ? [x, y] : asTensors(name, [x, y]),
        withDefaults(params, given),
      ),
    op,
  );
}

/** An elementwise op of three operands, which broadcast; `inputs` names them. */
/* @__NO_SIDE_EFFECTS__ */
export function ternary<P extends Params = Record<never, number>>(
  name: string,
  inputs: readonly [string, string, string],
  formula: string,
  params?: P,
  options?: Options,
): Callable<Ternary<P>, ElementwiseOp> {
  const op = elementwise(name, inputs, formula, params, options);
  return callable(
    (x: Tensor | number, y: Tensor | number, z: Tensor | number, given?: Partial<P>) =>
      apply(op, asTensors(name, [x, y, z]), withDefaults(params, given)),
    op,
  );
}

/** The op itself, from formula text or from a tree that was derived from another formula. */
/* @__NO_SIDE_EFFECTS__ */
export function elementwise(
  name: string,
  inputs: readonly string[],
  text: string | Node,
  params: Params = {},
  { result = "same", accepts }: Options = {},
): ElementwiseOp {
  const names = Object.keys(params);
  let node: Node | undefined = typeof text === "string" ? undefined : text;
  const formula: Formula = {
    inputs,
    params: names,
    result,
    get node(): Node {
      node ??= parse(text as string);
      return node;
    },
  };
  const evaluators: { float?: ReferenceKernel; int?: ReferenceKernel } = {};
  return {
    kind: "kernel",
    name,
    inputs,
    formula,
    wasm: new FormulaKernel(formula),
    strided: true,
    infer(operands) {
      const promoted = resultType(operands);
      checkDType(name, promoted, accepts);
      return { shape: commonShape(name, operands, inputs), dtype: outputDType(promoted, result) };
    },
    reference(operands, output, given) {
      const promoted = resultType(operands);
      const mode = result === "same" && !isFloat(promoted) ? "int" : "float";
      evaluators[mode] ??= compileReference(formula.node, inputs, names, mode);
      runBlocks(
        evaluators[mode],
        operands,
        output,
        names.map((key) => given[key] as number),
        promoted,
      );
    },
  };
}

/** The shape that all have, or that they broadcast to. */
function commonShape(who: string, operands: readonly Tensor[], names: readonly string[]): Shape {
  const { shape } = operands[0] as Tensor;
  for (let i = 1; i < operands.length; i++) {
    const operand = operands[i] as Tensor;
    if (!operand.isNumber && !sameShape(operand.shape, shape))
      return broadcastShapes(
        who,
        operands.map((each) => each.shape),
        names,
      );
  }
  return shape;
}

/** The operands as tensors; at least one must be one already. */
export function asTensors(who: string, operands: readonly (Tensor | number)[]): Tensor[] {
  const like = operands.find((operand): operand is Tensor => typeof operand !== "number");
  if (like === undefined)
    throw new TypeError(`${who}: needs at least one tensor, got only numbers (${operands.join(", ")})`);
  if (like?.storage === undefined) throw notTensor(who, "an operand", like);
  return operands.map((operand) => (typeof operand === "number" ? like.number(operand) : operand));
}

function withDefaults<P extends Params>(defaults: P | undefined, given: Partial<P> | undefined): Params {
  if (defaults === undefined) return none;
  if (given === undefined) return defaults;
  return Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, given[name] ?? value]));
}

const none: Params = {};

const outputDType = (promoted: DType, result: Result): DType =>
  result === "bool" ? "bool" : result === "float" && !isFloat(promoted) ? "float32" : promoted;

function checkDType(who: string, dtype: DType, accepts: Accepts | undefined): void {
  if (accepts === undefined) return;
  const [words, takes] = acceptable[accepts];
  if (!takes(dtype)) throw new TypeError(`${who}: takes ${words}, got ${dtype}`);
}
