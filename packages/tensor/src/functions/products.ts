import { isFloat } from "../dtype.ts";
import { operandsText } from "../errors.ts";
import { add, mul } from "../ops/elementwise/arithmetic.ts";
import { biasedMatmul } from "../ops/matmul.ts";
import { permute } from "../ops/view/permute.ts";
import { reshape, view } from "../ops/view/reshape.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import { broadcastShapes, sameShape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { checkTypes } from "./conv.ts";
import { full } from "./creation.ts";
import { matmul } from "./matmul.ts";

/**
 * `Σ x y` of two vectors. Shapes `[n]` and `[n]` to `[]`.
 *
 * @example
 * dot(tensor([1, 2]), tensor([3, 4])).item(); // => 11
 */
export function dot(x: Tensor, y: Tensor): Tensor {
  checkRanks("dot", { x: [x, 1], y: [y, 1] });
  return product("dot", x, y);
}

/**
 * `x · y` of two matrices. Shapes `[m, k]` and `[k, n]` to `[m, n]`.
 *
 * @example
 * mm(tensor([[1, 2]]), tensor([[3], [4]])).tolist(); // => [[11]]
 */
export function mm(x: Tensor, y: Tensor): Tensor {
  checkRanks("mm", { x: [x, 2], y: [y, 2] });
  return product("mm", x, y);
}

/**
 * `x · y` of a matrix and a vector. Shapes `[m, k]` and `[k]` to `[m]`.
 *
 * @example
 * mv(tensor([[1, 2], [3, 4]]), tensor([1, 1])).tolist(); // => [3, 7]
 */
export function mv(x: Tensor, y: Tensor): Tensor {
  checkRanks("mv", { x: [x, 2], y: [y, 1] });
  return product("mv", x, y);
}

/**
 * `x · y` of two batches of matrices of the same length, which do not broadcast. Shapes `[b, m, k]` and `[b, k, n]` to
 * `[b, m, n]`.
 *
 * @example
 * bmm(ones([5, 2, 3]), ones([5, 3, 4])).shape; // => [5, 2, 4]
 */
export function bmm(x: Tensor, y: Tensor): Tensor {
  checkRanks("bmm", { x: [x, 3], y: [y, 3] });
  if (x.shape[0] !== y.shape[0])
    throw new RangeError(`bmm: batches differ: ${x.shape[0]} and ${y.shape[0]} ${operandsText({ x, y })}`);
  return product("bmm", x, y);
}

/**
 * `x[i] · y[j]` of two vectors. Shapes `[m]` and `[n]` to `[m, n]`.
 *
 * @example
 * outer(tensor([1, 2]), tensor([3, 4])).tolist(); // => [[3, 4], [6, 8]]
 */
export function outer(x: Tensor, y: Tensor): Tensor {
  checkRanks("outer", { x: [x, 1], y: [y, 1] });
  return mul(unsqueeze(x, 1), y);
}

/**
 * Sums of products over the last dimension of both. Shapes `[..., k]` and `[*, k]` to `[..., *]`; a 0-d operand
 * multiplies.
 *
 * @example
 * inner(tensor([[1, 2], [3, 4]]), tensor([1, 1])).tolist(); // => [3, 7]
 */
export function inner(x: Tensor, y: Tensor): Tensor {
  if (x.ndim === 0 || y.ndim === 0) return mul(x, y);
  const last = x.shape.at(-1) as number;
  if (last !== y.shape.at(-1))
    throw new RangeError(`inner: last sizes differ: ${last} and ${y.shape.at(-1)} ${operandsText({ x, y })}`);
  const lead = [...x.shape.slice(0, -1), ...y.shape.slice(0, -1)];
  const flat = (of: Tensor): Tensor => reshape(of, [sizeOf(of.shape.slice(0, -1)), last]);
  return view(matmul(flat(x), permute(flat(y), [1, 0])), lead);
}

export interface Factors {
  /** Factor of the added tensor; 0 ignores it, NaN and all. Cut off to a whole number for integers. Default 1. */
  beta?: number;
  /** Factor of the product. Cut off to a whole number for integers. Default 1. */
  alpha?: number;
}

/**
 * `beta · bias + alpha · x · y`. Shapes: bias broadcasts to `[m, n]`, x `[m, k]`, y `[k, n]`, to `[m, n]`.
 *
 * @example
 * addmm(tensor([1, 2]), tensor([[1, 2]]), tensor([[1, 0], [0, 1]])).tolist(); // => [[2, 4]]
 */
export function addmm(bias: Tensor, x: Tensor, y: Tensor, factors: Factors = {}): Tensor {
  checkRanks("addmm", { x: [x, 2], y: [y, 2] });
  const plain = (factors.alpha ?? 1) === 1 && (factors.beta ?? 1) === 1;
  checkTypes("addmm", { bias, x, y });
  return plain ? biasedMatmul(bias, x, y) : combined("addmm", bias, product("addmm", x, y), factors);
}

/**
 * `beta · bias + alpha · x · y`. Shapes: bias broadcasts to `[m]`, x `[m, k]`, y `[k]`, to `[m]`.
 *
 * @example
 * addmv(tensor([1, 2]), tensor([[1, 2], [3, 4]]), tensor([1, 1])).tolist(); // => [4, 9]
 */
export function addmv(bias: Tensor, x: Tensor, y: Tensor, factors: Factors = {}): Tensor {
  checkRanks("addmv", { x: [x, 2], y: [y, 1] });
  checkTypes("addmv", { bias, x, y });
  return combined("addmv", bias, product("addmv", x, y), factors);
}

/**
 * `beta · bias + alpha · x[i] · y[j]`. Shapes: bias broadcasts to `[m, n]`, x `[m]`, y `[n]`, to `[m, n]`. dtypes promote.
 *
 * @example
 * addr(tensor([[1, 1]]), tensor([2]), tensor([3, 4])).tolist(); // => [[7, 9]]
 */
export function addr(bias: Tensor, x: Tensor, y: Tensor, factors: Factors = {}): Tensor {
  checkRanks("addr", { x: [x, 1], y: [y, 1] });
  const product = outer(x, y);
  for (const [name, factor] of Object.entries(factors)) {
    if (isFloat(product.dtype) || isFloat(bias.dtype) || Number.isInteger(factor)) continue;
    throw new TypeError(`addr: ${name} must be whole for ${product.dtype}, got ${factor}`);
  }
  return combined("addr", bias, product, factors);
}

/**
 * `beta · bias + alpha · x · y` for each matrix of a batch. Shapes: bias broadcasts to `[b, m, n]`, x `[b, m, k]`,
 * y `[b, k, n]`, to `[b, m, n]`.
 *
 * @example
 * baddbmm(ones([1]), ones([5, 2, 3]), ones([5, 3, 4])).shape; // => [5, 2, 4]
 */
export function baddbmm(bias: Tensor, x: Tensor, y: Tensor, factors: Factors = {}): Tensor {
  checkRanks("baddbmm", { x: [x, 3], y: [y, 3] });
  checkTypes("baddbmm", { bias, x, y });
  return combined("baddbmm", bias, bmm(x, y), factors);
}

/**
 * `beta · bias + alpha · Σ_b x[b] · y[b]`. Shapes: bias broadcasts to `[m, n]`, x `[b, m, k]`, y `[b, k, n]`, to `[m, n]`.
 *
 * @example
 * addbmm(zeros([1]), ones([5, 2, 3]), ones([5, 3, 1])).tolist(); // => [[15], [15]]
 */
export function addbmm(bias: Tensor, x: Tensor, y: Tensor, factors: Factors = {}): Tensor {
  checkRanks("addbmm", { x: [x, 3], y: [y, 3] });
  const [[batch, m, k], [, other, n]] = [x.shape, y.shape] as [[number, number, number], [number, number, number]];
  if (batch !== y.shape[0] || k !== other)
    throw new RangeError(`addbmm: batches or inner sizes differ ${operandsText({ x, y })}`);
  checkTypes("addbmm", { bias, x, y });
  const left = reshape(permute(x, [1, 0, 2]), [m, batch * k]);
  return combined("addbmm", bias, product("addbmm", left, reshape(y, [batch * k, n])), factors);
}

function combined(who: string, bias: Tensor, result: Tensor, { beta = 1, alpha = 1 }: Factors): Tensor {
  if (!sameShape(broadcastShapes(who, [bias.shape, result.shape], ["bias", "product"]), result.shape)) {
    throw new RangeError(`${who}: bias does not broadcast to the product ${operandsText({ bias, product: result })}`);
  }
  const scaled = times(result, alpha);
  return factorOf(bias, beta) === 0 ? scaled : add(times(bias, beta), scaled);
}

/** `factor · x` in the dtype of `x`. */
function times(x: Tensor, factor: number): Tensor {
  const own = factorOf(x, factor);
  return own === 1 ? x : mul(x, x.dtype === "bool" ? full([], own !== 0, { device: x.device }) : own);
}

/** The factor as the dtype of `x` holds it: whole for integers, 0 or 1 for bool. */
const factorOf = ({ dtype }: Tensor, factor: number): number =>
  isFloat(dtype) ? factor : dtype === "bool" ? Math.sign(Math.abs(factor)) : Math.trunc(factor);

/** `matmul` with the caller's name in its errors. */
function product(who: string, x: Tensor, y: Tensor): Tensor {
  const inner = y.ndim === 1 ? y.shape[0] : y.shape.at(-2);
  if (x.shape.at(-1) !== inner)
    throw new RangeError(`${who}: inner sizes differ: ${x.shape.at(-1)} and ${inner} ${operandsText({ x, y })}`);
  checkTypes(who, { x, y });
  return matmul(x, y);
}

/** Throws unless every operand has its number of dimensions. */
function checkRanks(who: string, operands: Readonly<Record<string, readonly [x: Tensor, rank: number]>>): void {
  for (const [name, [x, rank]] of Object.entries(operands)) {
    if (x.ndim === rank) continue;
    throw new RangeError(
      `${who}: ${name} must have ${rank} dimension${rank === 1 ? "" : "s"}, got ${x.ndim} ${operandsText({ [name]: x })}`,
    );
  }
}
