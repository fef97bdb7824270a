import { shapeText } from "../../errors.ts";
import { apply, callable, type KernelOp, type ViewOp } from "../../op.ts";
import { contiguousStrides, type Layout, type Shape, sizeOf } from "../../shape.ts";
import { elements, forEachRun } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { wasmCopySlices, wasmStridedScatterAdd } from "./as-strided.wasm.ts";

/** The offset counts from the first element of `x`. */
const op: ViewOp<Layout> = {
  kind: "view",
  name: "asStrided",
  inputs: ["x"],
  layout: (of, { shape, strides, offset }) => ({ shape, strides, offset: of.offset + offset }),
};

/**
 * Any shape and strides over the storage of `x`; a view. Sizes in elements, `offset` from the start of the storage.
 * Where `x` is a view that is not contiguous, gradients go to what it is a view of.
 *
 * @example
 * asStrided(arange(5), [3, 2], [1, 1]).tolist(); // => [[0, 1], [1, 2], [2, 3]]
 */
export const asStrided = callable((x: Tensor, shape: Shape, strides: readonly number[], offset = x.offset): Tensor => {
  if (shape.length !== strides.length || strides.some((step) => !Number.isInteger(step) || step < 0)) {
    throw new RangeError(
      `asStrided: needs one stride from 0 on for each size: got ${shapeText(shape)} and ${shapeText(strides)}`,
    );
  }
  const last = shape.reduce((at, length, dim) => at + (length - 1) * (strides[dim] as number), offset);
  if (sizeOf(shape) > 0 && (offset < 0 || last >= x.storage.size)) {
    throw new RangeError(
      `asStrided: reaches element ${last} of a storage of ${x.storage.size} (x ${shapeText(x.shape)})`,
    );
  }
  const whole = x.isContiguous ? x : (x.base ?? x);
  if (whole.tracer !== undefined && !whole.isContiguous) {
    throw new Error(
      `asStrided: no gradient where the elements are not in row-major order: use x.contiguous() (x ${shapeText(x.shape)})`,
    );
  }
  return apply(op, [whole], { shape, strides, offset: offset - whole.offset });
}, op);

export interface ScatterAttrs {
  /** What comes out. */
  readonly shape: Shape;
  /** Where each element of the input goes in it, in row-major order. */
  readonly window: Layout;
}

const scatterOp: KernelOp<ScatterAttrs> = {
  kind: "kernel",
  name: "stridedScatterAdd",
  inputs: ["x"],
  infer: ([x], { shape }) => ({ shape, dtype: (x as Tensor).dtype }),
  reference: ([x], output, { window }) => {
    const from = elements(x as Tensor);
    const to = elements(output);
    to.fill(0);
    const strides = contiguousStrides(window.shape);
    forEachRun(window.shape, [strides, window.strides], [0, window.offset], (starts, steps, length) => {
      const [at, out] = starts as [number, number];
      const [step, outStep] = steps as [number, number];
      for (let i = 0; i < length; i++)
        to[out + i * outStep] = (to[out + i * outStep] as number) + (from[at + i * step] as number);
    });
  },
  wasm: wasmStridedScatterAdd,
};

/**
 * Zeros of `shape` with the elements of `x` added where a view with layout `window` would have read them: the gradient
 * of every view. Shape of `window` to `shape`.
 */
export const stridedScatterAdd = callable(
  (x: Tensor, shape: Shape, window: Layout): Tensor => apply(scatterOp, [x], { shape, window }),
  scatterOp,
);

export interface WriteAttrs {
  readonly window: Layout;
}

const writeOp: KernelOp<WriteAttrs> = {
  kind: "kernel",
  name: "copySlices",
  inputs: ["x", "value"],
  infer: ([x]) => ({ shape: (x as Tensor).shape, dtype: (x as Tensor).dtype }),
  reference: ([x, value], output, { window }) => {
    const to = elements(output);
    to.set(elements(x as Tensor));
    const from = elements(value as Tensor);
    const strides = contiguousStrides(window.shape);
    forEachRun(window.shape, [strides, window.strides], [0, window.offset], (starts, steps, length) => {
      const [at, out] = starts as [number, number];
      const [step, outStep] = steps as [number, number];
      for (let i = 0; i < length; i++) to[out + i * outStep] = from[at + i * step] as number;
    });
  },
  wasm: wasmCopySlices,
};

/** `x` with `value` in the place of its elements under `window` (over row-major `x`). Shape of `x` to the same. */
export const copySlices = callable(
  (x: Tensor, value: Tensor, window: Layout): Tensor => apply(writeOp, [x, value], { window }),
  writeOp,
);
