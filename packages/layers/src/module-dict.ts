import type { Tensor } from "@dl/tensor";
import { type AnyModule, Module } from "./module.ts";

/**
 * Modules by name, for a `forward` that chooses among them. Their names in a state dict are the keys, unchanged.
 *
 * @example
 * const heads = new ModuleDict({ digit: new Linear(8, 10), side: new Linear(8, 2) });
 * heads.get("side").forward(zeros([1, 8])).shape; // => [1, 2]
 */
export class ModuleDict<M extends AnyModule = Module> extends Module<never, never> implements Iterable<[string, M]> {
  readonly #items: Map<string, M>;

  constructor(items: Readonly<Record<string, M>> | Iterable<readonly [string, M]> = {}) {
    super();
    const entries = Symbol.iterator in items ? items : Object.entries(items);
    this.#items = new Map();
    for (const [key, module] of entries) this.set(key, module);
  }

  get size(): number {
    return this.#items.size;
  }

  has(key: string): boolean {
    return this.#items.has(key);
  }

  /** The module at `key`. Throws where there is none. */
  get(key: string): M {
    const found = this.#items.get(key);
    if (found !== undefined) return found;
    throw new RangeError(`ModuleDict: no module ${JSON.stringify(key)} among ${[...this.keys()].join(", ") || "none"}`);
  }

  set(key: string, module: M): this {
    if (key === "" || key.includes("."))
      throw new RangeError(`ModuleDict: a key must not be empty nor contain a dot, got ${JSON.stringify(key)}`);
    this.#items.set(key, module);
    return this;
  }

  delete(key: string): boolean {
    return this.#items.delete(key);
  }

  keys(): IterableIterator<string> {
    return this.#items.keys();
  }

  values(): IterableIterator<M> {
    return this.#items.values();
  }

  [Symbol.iterator](): IterableIterator<[string, M]> {
    return this.#items.entries();
  }

  override namedChildren(): [string, AnyModule][] {
    return [...this.#items];
  }

  /** A dictionary has no order of computation. Throws. */
  override forward(..._inputs: Tensor[]): never {
    throw new Error("ModuleDict: has no forward: call its modules by name");
  }
}
