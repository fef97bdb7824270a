import { enableGrad, requiresGrad_, savedTensors } from "@dl/autograd";
import type { AnyModule } from "@dl/layers";
import type { Optimizer } from "@dl/optim";
import {
  bytesPerElement,
  type DType,
  type Shape,
  type Storage,
  scope,
  Tensor,
  trackAllocations,
  zeros,
  zerosLike,
} from "@dl/tensor";
import { generatorsOf } from "./generators.ts";
import { inMode } from "./mode.ts";

export interface MemoryOptions {
  /** What updates the model: its state counts. Default none. */
  optimizer?: Optimizer;
  /** Of the zeros that stand for the input. Default "float32". */
  dtype?: DType;
}

/** Bytes that a training step holds when `backward` begins and the gradients are there. */
export interface MemoryEstimate {
  /** Parameters and buffers; shared ones count once. */
  readonly parameters: number;
  /** Of all parameters that require one. */
  readonly gradients: number;
  /** What the optimizer remembers. */
  readonly optimizer: number;
  readonly input: number;
  /** Results of the forward pass that `backward` needs. */
  readonly activations: number;
  /** Results that it does not need: the memory of each is free again at the end of the step, or when room is wanted. */
  readonly passing: number;
  /** The sum. */
  readonly total: number;
}

/**
 * The memory that training takes, from one forward pass over zeros of `input` (or over the inputs given), in training
 * mode. What the loss adds, and what `backward` makes on its way, is not in it.
 *
 * An optimizer that has not made a step yet makes one on zeros of the parameters' shapes. Model, optimizer and
 * generators stay as they were. Errors: `LBFGS` before its first step, which needs a closure.
 *
 * @example
 * const model = new Sequential(new Linear(64, 32), new ReLU(), new Linear(32, 8));
 * const optimizer = new Adam(model.parameters());
 * const memory = estimateMemory(model, [16, 64], { optimizer });
 * [memory.parameters, memory.gradients, memory.optimizer]; // => [9376, 9376, 18752]
 * [memory.input, memory.activations, memory.passing, memory.total]; // => [4096, 2048, 2560, 46208]
 */
export function estimateMemory(
  model: AnyModule,
  input: Shape | readonly Tensor[],
  { optimizer, dtype = "float32" }: MemoryOptions = {},
): MemoryEstimate {
  return scope(() => {
    const inputs = isTensors(input) ? input : [zeros(input, { dtype })];
    const parameters = model.parameters();
    const own = storagesOf([...parameters, ...model.buffers()]);
    const given = storagesOf(inputs);
    const { made, saved } = forwardOf(model, inputs);
    const parts = {
      parameters: bytesOf(own),
      gradients: bytesOf(storagesOf(parameters.filter(({ requiresGrad }) => requiresGrad))),
      optimizer: optimizer === undefined ? 0 : stateBytes(optimizer),
      input: bytesOf(without(given, own)),
      activations: bytesOf(without(saved, own, given)),
      passing: bytesOf(without(made, saved)),
    };
    return { ...parts, total: Object.values(parts).reduce((sum, bytes) => sum + bytes) };
  });
}

/** What a forward pass in training mode leaves in memory, and what its history keeps. */
function forwardOf(model: AnyModule, inputs: readonly Tensor[]): { made: Set<Storage>; saved: Set<Storage> } {
  const buffers = model.buffers().map((buffer) => [buffer, buffer.clone()] as const);
  const generators = generatorsOf(model).map((generator) => [generator, generator.getState()] as const);
  try {
    const { result, allocated } = trackAllocations(() =>
      enableGrad(() => inMode(model, true, (): unknown => Reflect.apply(model.forward, model, inputs))),
    );
    const made = new Set(allocated.filter(({ disposed }) => !disposed));
    return { made, saved: storagesOf(savedTensors(tensorsIn(result))) };
  } finally {
    for (const [buffer, before] of buffers) buffer.copy_(before);
    for (const [generator, before] of generators) generator.setState(before);
  }
}

/** Of the state that the optimizer has, or that its first step makes. */
function stateBytes(optimizer: Optimizer): number {
  const { state } = optimizer;
  if (state.size > 0) return bytesIn([...state.values()]);
  const groups = optimizer.paramGroups.map(({ params }) => ({
    params,
    own: [...params],
    standIns: params.filter(({ requiresGrad }) => requiresGrad).map(standIn),
  }));
  try {
    for (const { params, standIns } of groups) params.splice(0, params.length, ...standIns);
    optimizer.step();
    return bytesIn([...state.values()]);
  } finally {
    const gradients = groups.flatMap(({ standIns }) => standIns.map(({ grad }) => grad));
    for (const made of tensorsIn([...state.values(), ...gradients])) made.dispose();
    state.clear();
    for (const { params, own } of groups) params.splice(0, params.length, ...own);
  }
}

/** Zeros with a gradient of zeros. */
function standIn(p: Tensor): Tensor {
  const zero = requiresGrad_(zerosLike(p.detach()));
  zero.grad = zerosLike(p.detach());
  return zero;
}

const storagesOf = (tensors: readonly Tensor[]): Set<Storage> => new Set(tensors.map(({ storage }) => storage));

const bytesOf = (storages: ReadonlySet<Storage>): number =>
  Array.from(storages).reduce((sum, { dtype, size }) => sum + size * bytesPerElement[dtype], 0);

/** Those of `storages` that are in none of `others`. */
const without = (storages: ReadonlySet<Storage>, ...others: readonly ReadonlySet<Storage>[]): Set<Storage> =>
  new Set(Array.from(storages).filter((each) => !others.some((other) => other.has(each))));

/** Of tensors and typed arrays, in arrays and objects too. */
function bytesIn(value: unknown): number {
  if (value instanceof Tensor) return value.size * bytesPerElement[value.dtype];
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, each: unknown) => sum + bytesIn(each), 0);
}

/** The tensors in a result, in arrays and objects too. */
function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}

const isTensors = (input: Shape | readonly Tensor[]): input is readonly Tensor[] => input[0] instanceof Tensor;
