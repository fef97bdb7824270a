import type { Tensor } from "@dl/tensor";
import { type AnyModule, Module } from "./module.ts";

/**
 * Modules in a list, for a `forward` that goes through them in its own way. Named by position: "0", "1", …
 *
 * @example
 * const blocks = new ModuleList([new Linear(3, 2), new Linear(2, 1)]);
 * blocks.namedParameters().map(([name]) => name); // => ["0.weight", "0.bias", "1.weight", "1.bias"]
 */
export class ModuleList<M extends AnyModule = Module> extends Module<never, never> implements Iterable<M> {
  readonly #items: M[];

  constructor(items: Iterable<M> = []) {
    super();
    this.#items = [...items];
  }

  get length(): number {
    return this.#items.length;
  }

  /** The module at `index`; negative counts from the end. Throws where there is none. */
  at(index: number): M {
    const found = this.#items.at(index);
    if (found === undefined) throw new RangeError(`ModuleList: no module ${index} among ${this.length}`);
    return found;
  }

  push(...items: M[]): this {
    this.#items.push(...items);
    return this;
  }

  [Symbol.iterator](): Iterator<M> {
    return this.#items[Symbol.iterator]();
  }

  override namedChildren(): [string, AnyModule][] {
    return this.#items.map((item, index) => [String(index), item]);
  }

  /** A list has no order of computation. Throws. */
  override forward(..._inputs: Tensor[]): never {
    throw new Error("ModuleList: has no forward: call its modules one by one, or use Sequential");
  }
}
