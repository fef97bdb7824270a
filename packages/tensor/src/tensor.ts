import { cpu, HostStorage } from "./devices/cpu/cpu.ts";
import type { Device } from "./devices/device.ts";
import { type DType, isDType } from "./dtype.ts";
import { at, setAt_ } from "./functions/at.ts";
import { madeBeside } from "./functions/beside.ts";
import { type ClampOptions, clamp } from "./functions/clamp.ts";
import { to } from "./functions/convert.ts";
import { type AlongDim, argmax, argmin, max, min, type ValuesAndIndices } from "./functions/extremes.ts";
import { copy_, fill_, zero_ } from "./functions/fill.ts";
import { add_, clamp_, div_, mul_, relu_, sub_ } from "./functions/in-place.ts";
import type { IndexPart } from "./functions/index-parts.ts";
import { matmul } from "./functions/matmul.ts";
import { std, type VarianceOptions } from "./functions/moments.ts";
import { mean, sum } from "./functions/reduce.ts";
import type { ReduceOptions, SumOptions } from "./functions/reduce-dims.ts";
import { all, any } from "./functions/truth.ts";
import { toCopy } from "./ops/copy.ts";
import { sigmoid } from "./ops/elementwise/activation.ts";
import { add, div, mul, neg, square, sub } from "./ops/elementwise/arithmetic.ts";
import { eq, ge, gt, le, lt, ne } from "./ops/elementwise/comparison.ts";
import { exp, log, pow, sqrt } from "./ops/elementwise/power.ts";
import { relu } from "./ops/elementwise/rectifiers.ts";
import { abs, round } from "./ops/elementwise/rounding.ts";
import { tanh } from "./ops/elementwise/trigonometry.ts";
import { logSoftmax, type SoftmaxOptions, softmax } from "./ops/softmax.ts";
import { expand } from "./ops/view/expand.ts";
import { permute, transpose } from "./ops/view/permute.ts";
import { flatten, reshape, view } from "./ops/view/reshape.ts";
import { squeeze, unsqueeze } from "./ops/view/squeeze.ts";
import type { Shape } from "./shape.ts";
import type { Storage } from "./storage.ts";
import { TensorBase } from "./tensor-base.ts";

/** Nested arrays of numbers, as deep as a tensor has dimensions. */
export type Nested<T = number> = T | readonly Nested<T>[];

/**
 * An n-dimensional array. Made by `tensor`, `zeros`, `randn` … and by every operation; memory comes and goes by itself.
 *
 * What people chain is a method; everything else is a function of the package.
 *
 * @example
 * const x = tensor([[1, 2], [3, 4]]);
 * x.mul(2).sum({ dim: 0 }).tolist(); // => [8, 12]
 */
export class Tensor extends TensorBase {
  override sibling(
    storage: Storage,
    shape: Shape,
    strides?: readonly number[],
    offset?: number,
    base?: Tensor,
  ): Tensor {
    return new Tensor(storage, shape, strides, offset, base);
  }

  override number(value: number): Tensor {
    return numberTensor(value);
  }

  /** `x + y` */
  add(y: Tensor | number): Tensor {
    return add(this, y);
  }

  /** `x - y` */
  sub(y: Tensor | number): Tensor {
    return sub(this, y);
  }

  /** `x · y`, element by element. */
  mul(y: Tensor | number): Tensor {
    return mul(this, y);
  }

  /** `x / y` */
  div(y: Tensor | number): Tensor {
    return div(this, y);
  }

  /** `x` to the power `y`. */
  pow(y: Tensor | number): Tensor {
    return pow(this, y);
  }

  /** `x = y`, as bool. */
  eq(y: Tensor | number): Tensor {
    return eq(this, y);
  }

  /** `x ≠ y`, as bool. */
  ne(y: Tensor | number): Tensor {
    return ne(this, y);
  }

  /** `x < y`, as bool. */
  lt(y: Tensor | number): Tensor {
    return lt(this, y);
  }

  /** `x ≤ y`, as bool. */
  le(y: Tensor | number): Tensor {
    return le(this, y);
  }

  /** `x > y`, as bool. */
  gt(y: Tensor | number): Tensor {
    return gt(this, y);
  }

  /** `x ≥ y`, as bool. */
  ge(y: Tensor | number): Tensor {
    return ge(this, y);
  }

  /** The matrix product, as torch.matmul. */
  matmul(y: Tensor): Tensor {
    return matmul(this, y);
  }

  /** `-x` */
  neg(): Tensor {
    return neg(this);
  }

  /** `e^x` */
  exp(): Tensor {
    return exp(this);
  }

  /** `ln x` */
  log(): Tensor {
    return log(this);
  }

  /** `√x` */
  sqrt(): Tensor {
    return sqrt(this);
  }

  /** `|x|` */
  abs(): Tensor {
    return abs(this);
  }

  /** `max(x, 0)` */
  relu(): Tensor {
    return relu(this);
  }

  /** `1 / (1 + e^-x)` */
  sigmoid(): Tensor {
    return sigmoid(this);
  }

  /** The hyperbolic tangent. */
  tanh(): Tensor {
    return tanh(this);
  }

  /** `x²` */
  square(): Tensor {
    return square(this);
  }

  /** The nearest whole number, halves to even. */
  round(): Tensor {
    return round(this);
  }

  /** Kept between `min` and `max`. */
  clamp(options: ClampOptions): Tensor {
    return clamp(this, options);
  }

  /** `e^x / Σ e^x` along `dim`. */
  softmax(options: SoftmaxOptions): Tensor {
    return softmax(this, options);
  }

  /** The logarithm of `softmax`. */
  logSoftmax(options: SoftmaxOptions): Tensor {
    return logSoftmax(this, options);
  }

  /** The sum over `dim`, or over all. */
  sum(options: SumOptions = {}): Tensor {
    return sum(this, options);
  }

  /** The mean over `dim`, or over all. */
  mean(options: SumOptions = {}): Tensor {
    return mean(this, options);
  }

  /** The standard deviation over `dim`, or over all. */
  std(options: VarianceOptions = {}): Tensor {
    return std(this, options);
  }

  /** The largest element; with `dim`, the largest along it and where they are. */
  max(): Tensor;
  max(options: AlongDim): ValuesAndIndices;
  max(options?: AlongDim): Tensor | ValuesAndIndices {
    return options === undefined ? max(this) : max(this, options);
  }

  /** The smallest element; with `dim`, the smallest along it and where they are. */
  min(): Tensor;
  min(options: AlongDim): ValuesAndIndices;
  min(options?: AlongDim): Tensor | ValuesAndIndices {
    return options === undefined ? min(this) : min(this, options);
  }

  /** Where the largest element is, along `dim` or in the whole. */
  argmax(options: { dim?: number; keepdim?: boolean } = {}): Tensor {
    return argmax(this, options);
  }

  /** Where the smallest element is, along `dim` or in the whole. */
  argmin(options: { dim?: number; keepdim?: boolean } = {}): Tensor {
    return argmin(this, options);
  }

  /** Whether every element is true. */
  all(options: ReduceOptions = {}): Tensor {
    return all(this, options);
  }

  /** Whether any element is true. */
  any(options: ReduceOptions = {}): Tensor {
    return any(this, options);
  }

  /** The same elements under another shape; one size may be -1. */
  reshape(shape: Shape): Tensor {
    return reshape(this, shape);
  }

  /** `reshape` that never copies. */
  view(shape: Shape): Tensor {
    return view(this, shape);
  }

  /** Dimensions `startDim` to `endDim` joined into one. */
  flatten(options: { startDim?: number; endDim?: number } = {}): Tensor {
    return flatten(this, options);
  }

  /** Two dimensions swapped; a view. */
  transpose(dim0 = -2, dim1 = -1): Tensor {
    return transpose(this, dim0, dim1);
  }

  /** The dimensions in another order; a view. */
  permute(dims: readonly number[]): Tensor {
    return permute(this, dims);
  }

  /** Without dimensions of length 1; a view. */
  squeeze(dims?: number | readonly number[]): Tensor {
    return squeeze(this, dims);
  }

  /** A dimension of length 1 inserted before `dim`; a view. */
  unsqueeze(dim: number): Tensor {
    return unsqueeze(this, dim);
  }

  /** Dimensions of length 1 repeated without copying; a view. */
  expand(shape: Shape): Tensor {
    return expand(this, shape);
  }

  /** The elements an index means: `x.at(0, ":", "1:3")`, `x.at([2, 0])`, `x.at(mask)`. */
  at(...parts: readonly IndexPart[]): Tensor {
    return at(this, ...parts);
  }

  /** Overwrites the elements an index means: `x.setAt_([0, ":"], 1)`. */
  setAt_(parts: readonly IndexPart[], value: Tensor | number): Tensor {
    return setAt_(this, parts, value);
  }

  /** A copy with the same history. */
  clone(): Tensor {
    return toCopy(this);
  }

  /** This, or a copy in row-major order. */
  contiguous(): Tensor {
    return this.isContiguous ? this : toCopy(this);
  }

  /** With another dtype, or on another device that is ready: `x.to("float64")`, `x.to("cpu")`. */
  to(target: DType | "cpu" | "wasm" | Device): Tensor {
    return typeof target === "string" && isDType(target) ? to(this, { dtype: target }) : to(this, { device: target });
  }

  /** A copy on the CPU, from any device. */
  async cpu(): Promise<Tensor> {
    return madeBeside(this, await this.read(), this.shape, this.dtype, cpu);
  }

  /** `add` in place. */
  add_(y: Tensor | number): Tensor {
    return add_(this, y);
  }

  /** `sub` in place. */
  sub_(y: Tensor | number): Tensor {
    return sub_(this, y);
  }

  /** `mul` in place. */
  mul_(y: Tensor | number): Tensor {
    return mul_(this, y);
  }

  /** `div` in place. */
  div_(y: Tensor | number): Tensor {
    return div_(this, y);
  }

  /** `relu` in place. */
  relu_(): Tensor {
    return relu_(this);
  }

  /** `clamp` in place. */
  clamp_(options: ClampOptions): Tensor {
    return clamp_(this, options);
  }

  /** Takes the elements of `source`, which broadcasts. */
  copy_(source: Tensor): Tensor {
    return copy_(this, source);
  }

  /** Takes `value` everywhere. */
  fill_(value: number): Tensor {
    return fill_(this, value);
  }

  /** Takes 0 everywhere. */
  zero_(): Tensor {
    return zero_(this);
  }
}

const numbers = new Map<number, Tensor>();
const cachedNumbers = 256;

/** Numbers repeat (2, 0.5, 1e-8 …), so the last few are kept. */
function numberTensor(value: number): Tensor {
  const known = numbers.get(value);
  if (known !== undefined && !Object.is(value, -0)) return known;
  const dtype = (value | 0) === value ? "int32" : "float32";
  const made = new Tensor(new HostStorage(dtype, Float64Array.of(value)), [], [], 0, undefined, true);
  if (Object.is(value, -0)) return made;
  if (numbers.size >= cachedNumbers) numbers.clear();
  numbers.set(value, made);
  return made;
}
