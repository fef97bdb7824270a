import type { Device } from "./devices/device.ts";
import type { Engine } from "./devices/wasm/engine.ts";
import type { DType } from "./dtype.ts";
import { notTensor } from "./errors.ts";
import type { Node } from "./formula/ast.ts";
import { recordAllocation } from "./scope.ts";
import { isRowMajor, type Layout, type Shape, sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";
import type { Tracer } from "./tracer.ts";

/** What an op makes. */
export interface Spec {
  readonly shape: Shape;
  readonly dtype: DType;
}

interface Named {
  /** As in error sentences and printed as `grad_fn=<NameBackward0>`. */
  readonly name: string;
  /** Names of the tensor inputs, for errors and gradients. One name starting with `...` stands for any number. */
  readonly inputs: readonly string[];
}

/** Writes `op(inputs)` into `output`. Allocates nothing. */
export type Kernel<A> = (inputs: readonly Tensor[], output: Tensor, attrs: A) => void;

/** An op with loops: a rule for shape and dtype, and a kernel for each device. */
export interface KernelOp<A> extends Named {
  readonly kind: "kernel";
  /** Checks the inputs and says what comes out. Throws before anything is computed. */
  infer(inputs: readonly Tensor[], attrs: A): Spec;
  /** Right for every dtype. Its inputs are contiguous unless `strided`. */
  readonly reference: Kernel<A>;
  /** The accelerated kernel over WebAssembly memory, and whether it can take these inputs. */
  readonly wasm?: WasmKernel<A>;
  /** Kernels take any strides; else inputs are made contiguous first. */
  readonly strided?: boolean;
  /** What an elementwise op computes: gradients and other devices' kernels are made from it. */
  readonly formula?: Formula;
}

export interface WasmKernel<A> {
  supports(inputs: readonly Tensor[], output: Tensor, attrs: A): boolean;
  run(inputs: readonly Tensor[], output: Tensor, attrs: A, engine: Engine): void;
}

/** An elementwise computation: tensor inputs and numeric parameters by name, over one expression. */
export interface Formula {
  readonly node: Node;
  readonly inputs: readonly string[];
  readonly params: readonly string[];
  /** `bool` where the value is a truth value, stored as one byte. */
  readonly result: "same" | "float" | "bool";
}

/** An op that only looks at the same elements differently. */
export interface ViewOp<A> extends Named {
  readonly kind: "view";
  /** The new layout, for any strides of the old one. Throws where there is none. */
  layout(of: Layout, attrs: A): Layout;
}

export type Op<A> = KernelOp<A> | ViewOp<A>;

/** What users call, with the op it stands for: gradient tables and devices know it by that identity. */
export type Callable<Call, O> = Call & { readonly op: O };

/** Joins what users call with its op. */
/* @__NO_SIDE_EFFECTS__ */
export function callable<Call extends (...args: never[]) => unknown, O extends { readonly name: string }>(
  call: Call,
  op: O,
): Callable<Call, O> {
  Object.defineProperty(call, "name", { value: op.name });
  return Object.assign(call, { op });
}

/**
 * The one place where work happens: checks, infers the output, runs the device's kernel, tells the tracers.
 * All else in the library is built from it.
 */
export function apply<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A): Tensor {
  let tracer: Tracer | undefined;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as Tensor;
    if (input?.storage === undefined) throw notTensor(op.name, nameOf(op.inputs, i), input);
    if (input.base !== undefined) input.base.tracer?.refresh(input);
    tracer ??= input.tracer;
  }
  const output = op.kind === "view" ? applyView(op, inputs, attrs) : applyKernel(op, inputs, attrs);
  if (tracer !== undefined) output.tracer = tracer.record(op, inputs, attrs, output);
  return output;
}

function applyView<A>(op: ViewOp<A>, inputs: readonly Tensor[], attrs: A): Tensor {
  const x = inputs[0] as Tensor;
  const { shape, strides, offset } = op.layout(x, attrs);
  return x.sibling(x.storage, shape, strides, offset, x.base ?? x);
}

function applyKernel<A>(op: KernelOp<A>, inputs: readonly Tensor[], attrs: A): Tensor {
  const { shape, dtype } = op.infer(inputs, attrs);
  const device = commonDevice(op, inputs);
  const storage = device.allocate(dtype, sizeOf(shape));
  recordAllocation(storage);
  const first = inputs[0] as Tensor;
  // layouts are never changed, only replaced: they may be shared
  const output = first.sibling(storage, shape, first.shape === shape && isRowMajor(first) ? first.strides : undefined);
  if (op.strided) device.run(op, inputs, output, attrs);
  else runContiguous(device, op, inputs, output, attrs);
  return output;
}

/** Copies what is not contiguous for as long as the kernel runs. */
function runContiguous<A>(device: Device, op: KernelOp<A>, inputs: readonly Tensor[], output: Tensor, attrs: A): void {
  let ready = true;
  for (let i = 0; i < inputs.length; i++) if (!(inputs[i] as Tensor).isContiguous) ready = false;
  if (ready) {
    device.run(op, inputs, output, attrs);
    return;
  }
  const packed = inputs.map((input) => input.packed());
  device.run(op, packed, output, attrs);
  for (let i = 0; i < packed.length; i++) {
    const copy = packed[i] as Tensor;
    if (copy.storage !== (inputs[i] as Tensor).storage) copy.storage.dispose();
  }
}

function commonDevice(op: Named, inputs: readonly Tensor[]): Device {
  let found: Tensor | undefined;
  for (let i = 0; i < inputs.length; i++) {
    const input = inputs[i] as Tensor;
    if (input.isNumber) continue;
    if (found === undefined) found = input;
    else if (found.device !== input.device) throw mixedDevices(op, inputs);
  }
  return (found ?? (inputs[0] as Tensor)).device;
}

function mixedDevices({ name: who, inputs: names }: Named, inputs: readonly Tensor[]): Error {
  const places = inputs.flatMap(({ isNumber, device }, i) =>
    isNumber ? [] : [`${nameOf(names, i)} on ${device.name}`],
  );
  return new TypeError(`${who}: operands are on different devices (${places.join(", ")}): move one with .to(device)`);
}

/** What an op calls its input at position `i`: `x`, or `tensors[2]` where there may be any number. */
function nameOf(names: readonly string[], i: number): string {
  const [first = ""] = names;
  return first.startsWith("...") ? `${first.slice(3)}[${i}]` : (names[i] ?? `input ${i}`);
}
