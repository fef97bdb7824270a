import type { Device } from "./devices/device.ts";
import type { DType, TypedArray } from "./dtype.ts";
import { notTensor, operandsText, shapeText } from "./errors.ts";
import { contiguousCopy } from "./ops/copy.ts";
import { tensorText } from "./print.ts";
import { contiguousStrides, isContiguous, type Shape, sameShape, sizeOf } from "./shape.ts";
import type { Storage } from "./storage.ts";
import { readStrided } from "./strided.ts";
import type { Nested, Tensor } from "./tensor.ts";
import type { BackwardOptions, Tracer } from "./tracer.ts";

/** Engines without the symbol get the one that compiled `using` falls back to. */
const disposeSymbol: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for("Symbol.dispose");

/** What a tensor is: a window (shape, strides, offset) on a storage that views share, and a slot for its history. */
export abstract class TensorBase {
  // declared alone: fields would be written twice, as undefined first
  declare readonly storage: Storage;
  declare readonly shape: Shape;
  declare readonly strides: readonly number[];
  /** Index of the first element in the storage. */
  declare readonly offset: number;
  /** The tensor this is a view of. */
  declare readonly base: Tensor | undefined;
  /** Began as a plain number: its dtype yields to every tensor's. */
  declare readonly isNumber: boolean;
  /** The recorder of `@dl/autograd`, where this takes part in a gradient. */
  declare tracer: Tracer | undefined;

  constructor(
    storage: Storage,
    shape: Shape,
    strides?: readonly number[],
    offset = 0,
    base?: Tensor,
    isNumber = false,
  ) {
    this.storage = storage;
    this.shape = shape;
    this.strides = strides ?? contiguousStrides(shape);
    this.offset = offset;
    this.base = base;
    this.isNumber = isNumber;
    this.tracer = undefined;
  }

  get dtype(): DType {
    return this.storage.dtype;
  }

  get device(): Device {
    return this.storage.device;
  }

  /** Number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  get isContiguous(): boolean {
    return isContiguous(this);
  }

  /** A tensor of the same class over other memory: how ops make their outputs. */
  abstract sibling(storage: Storage, shape: Shape, strides?: readonly number[], offset?: number, base?: Tensor): Tensor;

  /** A plain number as an operand beside this tensor. */
  abstract number(value: number): Tensor;

  /** This, or an untracked contiguous copy starting at offset 0 of its own storage. */
  packed(this: Tensor): Tensor {
    return this.isContiguous ? this : contiguousCopy(this);
  }

  /**
   * The elements in row-major order, as a copy. Throws on the GPU (use `await x.read()`), and where the tensor requires
   * a gradient, which an array cannot have (use `x.detach()`).
   */
  toArray(): TypedArray {
    if (!this.requiresGrad) return readStrided(this, this.storage.data);
    throw new Error(
      `toArray: x requires a gradient, which an array cannot have: use x.detach() first ${operandsText({ x: this })}`,
    );
  }

  /** The elements as nested arrays; a plain value for a 0-d tensor. Booleans for dtype bool. */
  tolist(): Nested<number> | Nested<boolean> {
    const flat = readStrided(this, this.storage.data);
    const value =
      this.dtype === "bool" ? (i: number): boolean => flat[i] !== 0 : (i: number): number => flat[i] as number;
    let next = 0;
    const build = (dim: number): unknown =>
      dim === this.ndim ? value(next++) : Array.from({ length: this.shape[dim] as number }, () => build(dim + 1));
    return build(0) as Nested<number> | Nested<boolean>;
  }

  /** The one element, as a number. Throws unless there is exactly one. */
  item(): number {
    if (this.size !== 1)
      throw new RangeError(`item: needs exactly one element, got ${this.size} (x ${shapeText(this.shape)})`);
    return this.storage.data[this.offset] as number;
  }

  /** The elements in row-major order, as a copy, from any device. */
  async read(): Promise<TypedArray> {
    const whole = await this.device.read(this.storage);
    return readStrided(this, whole);
  }

  /** `item()` for any device. */
  async itemAsync(): Promise<number> {
    if (this.size !== 1) return this.item();
    return (await this.read())[0] as number;
  }

  get requiresGrad(): boolean {
    return historyOf(this)?.requiresGrad ?? false;
  }

  /** Whether it was made by the user, not by a recorded operation. */
  get isLeaf(): boolean {
    return historyOf(this)?.isLeaf ?? true;
  }

  /** The gradient that `backward` accumulated. */
  get grad(): Tensor | undefined {
    return this.tracer?.grad;
  }

  set grad(value: Tensor | undefined) {
    if (value !== undefined) checkGrad(value, this);
    if (this.tracer !== undefined) this.tracer.grad = value;
    else if (value !== undefined)
      throw new Error(
        `grad: this tensor does not require a gradient: mark it with requiresGrad_ of @dl/autograd (x ${shapeText(this.shape)})`,
      );
  }

  /** The function that made it, such as `ReluBackward0`; undefined for a leaf. */
  get gradFn(): string | undefined {
    return historyOf(this)?.gradFn;
  }

  /** Computes the gradient of this tensor with respect to every leaf that requires one, into their `grad`. */
  backward(this: Tensor, options: BackwardOptions = {}): void {
    const tracer = historyOf(this);
    if (tracer === undefined) {
      throw new Error(
        `backward: nothing here requires a gradient: mark a leaf with requiresGrad_ of @dl/autograd (x ${shapeText(this.shape)})`,
      );
    }
    tracer.backward(this, options);
  }

  /** The same elements without history. Shares memory and version with this tensor. */
  detach(): Tensor {
    return this.sibling(this.storage, this.shape, this.strides, this.offset);
  }

  /** Gives the memory back now, for this tensor and its views. Never needed. */
  dispose(): void {
    this.storage.dispose();
  }

  /** `using y = f(x)` gives the memory back at the end of the block. */
  [disposeSymbol](): void {
    this.dispose();
  }

  toString(this: Tensor): string {
    return tensorText(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](this: Tensor): string {
    return this.toString();
  }
}

/** The recorder of `x`, brought up to date where what it is a view of was overwritten since. */
function historyOf(x: TensorBase): Tracer | undefined {
  x.base?.tracer?.refresh(x);
  return x.tracer;
}

function checkGrad(gradient: Tensor, x: TensorBase): void {
  if (gradient.storage === undefined) throw notTensor("grad", "the gradient", gradient);
  if (!sameShape(gradient.shape, x.shape))
    throw new RangeError(`grad: must have the shape of the tensor ${operandsText({ gradient, x })}`);
  if (gradient.dtype !== x.dtype || gradient.device !== x.device)
    throw new TypeError(
      `grad: must have the dtype and device of the tensor: ${gradient.dtype} on ${gradient.device.name} and ${x.dtype} on ${x.device.name}`,
    );
}
