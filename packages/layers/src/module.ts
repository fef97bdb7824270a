import { requiresGrad_ } from "@dl/autograd";
import { type Device, type DType, isFloat, keep, Tensor, type ToOptions, to } from "@dl/tensor";
import { isParameter, Parameter } from "./parameter.ts";
import { type LoadReport, loadState, type StateDict } from "./state.ts";

/**
 * A part of a network: parameters, buffers (tensors that are not learnt) and further modules, each in a field of its
 * own or in an array in a field, and `forward`, which computes the output. Nothing is registered: fields are found in the
 * order they were set.
 *
 * Names follow PyTorch: the field `runningMean` of the field `bn1` is `bn1.running_mean` in a state dict.
 *
 * @example
 * class Net extends Module {
 *   readonly fc1 = new Linear(4, 8);
 *   readonly fc2 = new Linear(8, 2);
 *   override forward(x: Tensor): Tensor {
 *     return this.fc2.forward(this.fc1.forward(x).relu());
 *   }
 * }
 * new Net().namedParameters().map(([name]) => name); // => ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"]
 */
export abstract class Module<Inputs extends readonly unknown[] = [x: Tensor], Output = Tensor> {
  /** Whether dropout, batch normalisation and the like behave as in training. Set by `train` and `eval`. */
  training = true;

  abstract forward(...inputs: Inputs): Output;

  /** Direct parts by name, in order. */
  namedChildren(): [string, AnyModule][] {
    return fieldsOf(this).filter((field): field is [string, AnyModule] => field[1] instanceof Module);
  }

  /** This module under the name "" and every module below it by dotted name, each once. */
  namedModules(): [string, AnyModule][] {
    const found = new Map<AnyModule, string>();
    const visit = (module: AnyModule, name: string): void => {
      if (found.has(module)) return;
      found.set(module, name);
      for (const [key, child] of module.namedChildren()) visit(child, join(name, key));
    };
    visit(this, "");
    return [...found].map(([module, name]) => [name, module]);
  }

  modules(): AnyModule[] {
    return this.namedModules().map(([, module]) => module);
  }

  /** Every parameter by dotted name, in order; one that is shared counts once. */
  namedParameters(): [string, Parameter][] {
    return tensorsOf(this, isParameter);
  }

  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** Every buffer by dotted name, in order. */
  namedBuffers(): [string, Tensor][] {
    return tensorsOf(this, (value): value is Tensor => value instanceof Tensor && !isParameter(value));
  }

  buffers(): Tensor[] {
    return this.namedBuffers().map(([, buffer]) => buffer);
  }

  /** Parameters and buffers by dotted name, under PyTorch's keys. They share memory with the module. */
  stateDict(): StateDict {
    const state: StateDict = {};
    for (const [name, module] of namedPaths(this)) {
      for (const [key, value] of fieldsOf(module)) if (value instanceof Tensor) state[join(name, key)] = value.detach();
    }
    return state;
  }

  /**
   * Copies the tensors of `state` into the module. Throws, and changes nothing, where a key is missing or unknown
   * (unless `strict` is false) or a shape differs. Returns the keys that were missing and unknown.
   */
  loadStateDict(state: Readonly<StateDict>, { strict = true }: { strict?: boolean } = {}): LoadReport {
    return loadState(this.constructor.name, this.stateDict(), state, strict);
  }

  /** Sets training mode here and below; returns this. */
  train(mode = true): this {
    for (const module of this.modules()) module.training = mode;
    return this;
  }

  /** Sets evaluation mode here and below; returns this. */
  eval(): this {
    return this.train(false);
  }

  /**
   * Changes the dtype (of floating-point tensors) or the device of all parameters and buffers; returns this. Those that
   * change are replaced by new ones: make the optimizer afterwards, and give it the state of the one before.
   *
   * What is on the GPU is brought back by {@link cpu}.
   *
   * @example
   * new Linear(2, 3).to("cpu").weight.device.name; // => "cpu"
   */
  to(target: DType | "cpu" | "wasm" | Device | ToOptions): this {
    const options = optionsOf(target);
    const moved = new Map<Tensor, Tensor>();
    return this.#replace((value) => {
      const found = moved.get(value) ?? movedTensor(value, options);
      moved.set(value, found);
      return found;
    });
  }

  /** Brings all parameters and buffers to the CPU, from any device, as {@link to} does. */
  async cpu(): Promise<this> {
    const found = new Set<Tensor>();
    this.#replace((value) => {
      found.add(value);
      return value;
    });
    const away = [...found].filter(({ device }) => device.name !== "cpu");
    const copies = await Promise.all(away.map(async (value) => likeIt(value, await value.detach().cpu())));
    return this.#replace((value) => copies[away.indexOf(value)] ?? value);
  }

  #replace(by: (value: Tensor) => Tensor): this {
    const replaced = (value: unknown): unknown => (value instanceof Tensor ? by(value) : value);
    for (const module of this.modules()) {
      for (const [field, value] of Object.entries(module)) {
        if (value instanceof Tensor) Object.assign(module, { [field]: by(value) });
        else if (Array.isArray(value) && value.some((item) => item instanceof Tensor))
          Object.assign(module, { [field]: value.map(replaced) });
      }
    }
    return this;
  }

  /** Calls `visit` with every module below and then this one; returns this. A child in two places counts once. */
  apply(visit: (module: AnyModule) => void): this {
    for (const child of new Set(this.namedChildren().map(([, each]) => each))) child.apply(visit);
    visit(this);
    return this;
  }

  /** Stops (or with false, starts again) the gradients of every parameter here and below; returns this. */
  freeze(frozen = true): this {
    for (const parameter of this.parameters()) requiresGrad_(parameter, !frozen);
    return this;
  }

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.tracer?.clearGrad();
  }

  toString(): string {
    const children = this.namedChildren();
    if (children.length === 0) return `${this.constructor.name}()`;
    const lines = children.map(([name, child]) => `  (${name}): ${child.toString().replaceAll("\n", "\n  ")}`);
    return `${this.constructor.name}(\n${lines.join("\n")}\n)`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** A module of any signature. */
export type AnyModule = Module<never, unknown>;

const join = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

/** `runningMean` is `running_mean`, as in PyTorch's state dicts; `W` stays `W`. */
const snakeCase = (field: string): string => field.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Fields by PyTorch's names; the items of an array count as fields `name.0`, `name.1`, … */
function fieldsOf(module: AnyModule): [string, unknown][] {
  return Object.entries(module).flatMap(([field, value]: [string, unknown]): [string, unknown][] => {
    const name = snakeCase(field);
    return Array.isArray(value) ? value.map((item, i) => [`${name}.${i}`, item]) : [[name, value]];
  });
}

function optionsOf(target: DType | "cpu" | "wasm" | Device | ToOptions): ToOptions {
  if (typeof target === "object") return "run" in target ? { device: target } : target;
  return target === "cpu" || target === "wasm" ? { device: target } : { dtype: target };
}

function movedTensor(value: Tensor, { dtype, device }: ToOptions): Tensor {
  const moved = to(value.detach(), { dtype: isFloat(value.dtype) ? dtype : undefined, device });
  return moved.storage === value.storage ? value : likeIt(value, moved);
}

/** A parameter in place of a parameter. */
const likeIt = (value: Tensor, moved: Tensor): Tensor =>
  isParameter(value) ? new Parameter(moved, { requiresGrad: value.requiresGrad }) : keep(moved);

/** Every path to a module: unlike `namedModules`, a shared one appears under each of its names, as in a state dict. */
function namedPaths(root: AnyModule, path = ""): [string, AnyModule][] {
  const below = root.namedChildren().flatMap(([key, child]) => namedPaths(child, join(path, key)));
  return [[path, root], ...below];
}

function tensorsOf<T extends Tensor>(root: AnyModule, wanted: (value: unknown) => value is T): [string, T][] {
  const found = new Map<T, string>();
  for (const [path, module] of root.namedModules()) {
    for (const [key, value] of fieldsOf(module))
      if (wanted(value) && !found.has(value)) found.set(value, join(path, key));
  }
  return [...found].map(([tensor, name]) => [name, tensor]);
}
