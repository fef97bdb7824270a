import { noGrad } from "@dl/autograd";
import { Tensor, toCopy } from "@dl/tensor";
import type { AnyModule } from "./module.ts";
import { isParameter, Parameter } from "./parameter.ts";

interface Derivation {
  /** Parameters and buffers that take the place of the parameter. */
  readonly fields: Readonly<Record<string, Tensor>>;
  /** The parameter from what the module has in these fields now. */
  readonly compute: (field: (name: string) => Tensor) => Tensor;
}

const derivations = new WeakMap<AnyModule, Map<string, Derivation & { readonly who: string }>>();

/** Puts other fields in the place of a parameter, from which it is computed whenever it is read. Returns `module`. */
export function derive<M extends AnyModule>(
  who: string,
  module: M,
  name: string,
  make: (parameter: Parameter) => Derivation,
): M {
  const old = Object.getOwnPropertyDescriptor(module, name)?.value as unknown;
  if (!isParameter(old)) {
    const names = Object.entries(module).flatMap(([key, value]) => (isParameter(value) ? [key] : []));
    throw new Error(`${who}: ${module.constructor.name} has no parameter ${name} (${names.join(", ")})`);
  }
  const derivation = make(old);
  const known = derivations.get(module) ?? new Map<string, Derivation & { readonly who: string }>();
  derivations.set(module, known.set(name, { ...derivation, who }));
  Reflect.deleteProperty(module, name);
  Object.assign(module, derivation.fields);
  const field = (key: string): Tensor => tensorAt(who, module, key);
  Object.defineProperty(module, name, { get: () => derivation.compute(field), configurable: true });
  return module;
}

/** Makes a parameter of its present value again. Returns `module`. */
export function restore<M extends AnyModule>(who: string, module: M, name: string): M {
  const derivation = derivations.get(module)?.get(name);
  const maker = who.replace(/^remove/, "").toLowerCase();
  if (derivation?.who.toLowerCase() !== maker) {
    throw new Error(`${who}: ${name} of ${module.constructor.name} is an ordinary parameter`);
  }
  const value: unknown = noGrad(() => Reflect.get(module, name));
  for (const field of Object.keys(derivation.fields)) Reflect.deleteProperty(module, field);
  Reflect.deleteProperty(module, name);
  derivations.get(module)?.delete(name);
  if (value instanceof Tensor) Object.assign(module, { [name]: new Parameter(toCopy(value)) });
  return module;
}

/** The tensor in a field of `module`. */
export function tensorAt(who: string, module: AnyModule, field: string): Tensor {
  const value: unknown = Reflect.get(module, field);
  if (value instanceof Tensor) return value;
  throw new TypeError(`${who}: ${field} of ${module.constructor.name} is no tensor`);
}
