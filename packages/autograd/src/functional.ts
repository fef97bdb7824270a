import { cat, reshape, shapeText, type Tensor, tensor, zeros, zerosLike } from "@dl/tensor";
import { grad } from "./grad.ts";
import { requiresGrad_ } from "./leaf.ts";
import { enableGrad } from "./mode.ts";

/** A function of one or more tensors. */
export type TensorFunction = (...inputs: Tensor[]) => Tensor;

export interface FunctionalOptions {
  /** Record the results, so that they can be differentiated with respect to inputs that require a gradient. */
  createGraph?: boolean;
}

/**
 * The derivative of every element of `fn(x)` by every element of `x`. Shape `[...y, ...x]`; a list of inputs gives one
 * such tensor each.
 *
 * @example
 * jacobian((x) => x.mul(x), tensor([1, 2])).tolist(); // => [[2, 0], [0, 4]]
 */
export function jacobian(fn: TensorFunction, input: Tensor, options?: FunctionalOptions): Tensor;
export function jacobian(fn: TensorFunction, inputs: readonly Tensor[], options?: FunctionalOptions): Tensor[];
export function jacobian(
  fn: TensorFunction,
  inputs: Tensor | readonly Tensor[],
  { createGraph = false }: FunctionalOptions = {},
): Tensor | Tensor[] {
  const parts = enableGrad(() => {
    const leaves = leavesOf(listOf(inputs), createGraph);
    return rowsOf(fn(...leaves), leaves, createGraph);
  });
  return Array.isArray(inputs) ? parts : (parts[0] as Tensor);
}

/**
 * The second derivatives of `fn`, which has one element. Shape `[...x, ...x]`; a list of inputs gives a list of lists,
 * the derivative of the i-th gradient by the j-th input.
 *
 * @throws RangeError unless `fn` gives one element
 *
 * @example
 * hessian((x) => x.mul(x).mul(x).sum(), tensor([1, 2])).tolist(); // => [[6, 0], [0, 12]]
 */
export function hessian(fn: TensorFunction, input: Tensor, options?: FunctionalOptions): Tensor;
export function hessian(fn: TensorFunction, inputs: readonly Tensor[], options?: FunctionalOptions): Tensor[][];
export function hessian(
  fn: TensorFunction,
  inputs: Tensor | readonly Tensor[],
  { createGraph = false }: FunctionalOptions = {},
): Tensor | Tensor[][] {
  const table = enableGrad(() => {
    const leaves = leavesOf(listOf(inputs), createGraph);
    const first = gradientsOf(scalarOf("hessian", fn(...leaves)), leaves, undefined, true);
    return first.map((gradient) => rowsOf(gradient, leaves, createGraph));
  });
  return Array.isArray(inputs) ? table : (table[0]?.[0] as Tensor);
}

/**
 * `output = fn(x)` and `vjp = vᵀ J`, with `v` in the shape of the output; without it, for one element, 1.
 *
 * @example
 * vjp((x) => x.mul(x), tensor([1, 2]), tensor([1, 10])).vjp.tolist(); // => [2, 40]
 */
export function vjp(
  fn: TensorFunction,
  input: Tensor,
  v?: Tensor,
  options?: FunctionalOptions,
): { output: Tensor; vjp: Tensor };
export function vjp(
  fn: TensorFunction,
  inputs: readonly Tensor[],
  v?: Tensor,
  options?: FunctionalOptions,
): { output: Tensor; vjp: Tensor[] };
export function vjp(
  fn: TensorFunction,
  inputs: Tensor | readonly Tensor[],
  v?: Tensor,
  { createGraph = false }: FunctionalOptions = {},
): { output: Tensor; vjp: Tensor | Tensor[] } {
  const { output, products } = enableGrad(() => {
    const leaves = leavesOf(listOf(inputs), createGraph);
    const y = fn(...leaves);
    return {
      output: result(y, createGraph),
      products: gradientsOf(v === undefined ? scalarOf("vjp", y) : y, leaves, v, createGraph),
    };
  });
  return { output, vjp: Array.isArray(inputs) ? products : (products[0] as Tensor) };
}

/**
 * `output = fn(x)` and `jvp = J v`, with `v` in the shape of the input (one per input). Found by differentiating
 * `uᵀ J` by `u`, so `fn` must be differentiable twice.
 *
 * @example
 * jvp((x) => x.mul(x), tensor([1, 2]), tensor([1, 10])).jvp.tolist(); // => [2, 40]
 */
export function jvp(
  fn: TensorFunction,
  input: Tensor,
  v: Tensor,
  options?: FunctionalOptions,
): { output: Tensor; jvp: Tensor };
export function jvp(
  fn: TensorFunction,
  inputs: readonly Tensor[],
  v: readonly Tensor[],
  options?: FunctionalOptions,
): { output: Tensor; jvp: Tensor };
export function jvp(
  fn: TensorFunction,
  inputs: Tensor | readonly Tensor[],
  v: Tensor | readonly Tensor[],
  { createGraph = false }: FunctionalOptions = {},
): { output: Tensor; jvp: Tensor } {
  const directions = directionsOf("jvp", listOf(inputs), listOf(v));
  return enableGrad(() => {
    const leaves = leavesOf(listOf(inputs), createGraph);
    const y = fn(...leaves);
    const u = requiresGrad_(zerosLike(y));
    const products = gradientsOf(y, leaves, u, true);
    return { output: result(y, createGraph), jvp: weightedBy(directions, products, u, createGraph) };
  });
}

/**
 * `output = fn(x)`, which has one element, and `hvp = H v`, with `v` in the shape of the input (one per input).
 *
 * @throws RangeError unless `fn` gives one element
 *
 * @example
 * hvp((x) => x.mul(x).mul(x).sum(), tensor([1, 2]), tensor([1, 10])).hvp.tolist(); // => [6, 120]
 */
export function hvp(
  fn: TensorFunction,
  input: Tensor,
  v: Tensor,
  options?: FunctionalOptions,
): { output: Tensor; hvp: Tensor };
export function hvp(
  fn: TensorFunction,
  inputs: readonly Tensor[],
  v: readonly Tensor[],
  options?: FunctionalOptions,
): { output: Tensor; hvp: Tensor[] };
export function hvp(
  fn: TensorFunction,
  inputs: Tensor | readonly Tensor[],
  v: Tensor | readonly Tensor[],
  { createGraph = false }: FunctionalOptions = {},
): { output: Tensor; hvp: Tensor | Tensor[] } {
  const directions = directionsOf("hvp", listOf(inputs), listOf(v));
  const { output, products } = enableGrad(() => {
    const leaves = leavesOf(listOf(inputs), createGraph);
    const y = scalarOf("hvp", fn(...leaves));
    const first = gradientsOf(y, leaves, undefined, true);
    // the Hessian is symmetric: H v is the gradient of gᵀ v
    return {
      output: result(y, createGraph),
      products: leaves.map((leaf) => weightedBy(directions, first, leaf, createGraph)),
    };
  });
  return { output, hvp: Array.isArray(inputs) ? products : (products[0] as Tensor) };
}

const listOf = (inputs: Tensor | readonly Tensor[]): readonly Tensor[] => (isList(inputs) ? inputs : [inputs]);

const isList = (inputs: Tensor | readonly Tensor[]): inputs is readonly Tensor[] => Array.isArray(inputs);

/** Inputs that a walk can end at; with `createGraph` those of the caller stay part of the history. */
const leavesOf = (inputs: readonly Tensor[], createGraph: boolean): Tensor[] =>
  inputs.map((input) => (createGraph && input.requiresGrad ? input : requiresGrad_(input.detach())));

const result = (y: Tensor, createGraph: boolean): Tensor => (createGraph ? y : y.detach());

function scalarOf(who: string, y: Tensor): Tensor {
  if (y.size !== 1) throw new RangeError(`${who}: the function must give one element (output ${shapeText(y.shape)})`);
  return y;
}

function directionsOf(who: string, inputs: readonly Tensor[], v: readonly Tensor[]): readonly Tensor[] {
  if (inputs.length !== v.length)
    throw new RangeError(`${who}: needs one v per input, got ${v.length} for ${inputs.length}`);
  for (const [i, { shape }] of inputs.entries()) {
    const given = (v[i] as Tensor).shape;
    if (shapeText(given) !== shapeText(shape)) {
      throw new RangeError(
        `${who}: v ${i} must have the shape of its input (v ${shapeText(given)}, input ${shapeText(shape)})`,
      );
    }
  }
  return v;
}

/** The gradient by every leaf, zeros where none flows. */
function gradientsOf(
  y: Tensor,
  leaves: readonly Tensor[],
  upstream: Tensor | undefined,
  createGraph: boolean,
): Tensor[] {
  if (!y.requiresGrad) return leaves.map((leaf) => zerosLike(leaf));
  const found = grad([y], leaves, { gradOutputs: [upstream], createGraph, retainGraph: true, allowUnused: true });
  return found.map((gradient, i) => gradient ?? zerosLike(leaves[i] as Tensor));
}

/** The gradient of `Σ vᵢᵀ yᵢ` by `leaf`. */
function weightedBy(v: readonly Tensor[], y: readonly Tensor[], leaf: Tensor, createGraph: boolean): Tensor {
  const flowing = y.map((output, i) => ({ output, weight: v[i] })).filter(({ output }) => output.requiresGrad);
  if (flowing.length === 0) return zerosLike(leaf);
  const [found] = grad(
    flowing.map(({ output }) => output),
    [leaf],
    { gradOutputs: flowing.map(({ weight }) => weight), createGraph, retainGraph: true, allowUnused: true },
  );
  return found ?? zerosLike(leaf);
}

/** The Jacobian of `y` by every leaf, one row per element of `y`. */
function rowsOf(y: Tensor, leaves: readonly Tensor[], createGraph: boolean): Tensor[] {
  const rows = Array.from({ length: y.size }, (_, i) => gradientsOf(y, leaves, oneAt(i, y), createGraph));
  return leaves.map((leaf, k) => {
    const shape = [...y.shape, ...leaf.shape];
    if (rows.length === 0) return zeros(shape, { dtype: leaf.dtype, device: leaf.device });
    return reshape(cat(rows.map((row) => reshape(row[k] as Tensor, [1, leaf.size]))), shape);
  });
}

/** 1 at element `i`, else 0, in the shape of `y`. */
function oneAt(i: number, y: Tensor): Tensor {
  const data = new Float32Array(y.size);
  data[i] = 1;
  return tensor(data, { shape: y.shape, dtype: y.dtype, device: y.device });
}
