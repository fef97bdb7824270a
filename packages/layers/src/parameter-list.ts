import type { Tensor } from "@dl/tensor";
import { Module } from "./module.ts";
import { isParameter, type Parameter } from "./parameter.ts";

/** Parameters in fields of their own names, so that a module finds them as it finds others. */
abstract class Parameters extends Module<never, never> {
  /** Those there are, in order. */
  protected items(): [string, Parameter][] {
    return Object.entries(this).filter((entry): entry is [string, Parameter] => isParameter(entry[1]));
  }

  /** There is no order of computation. Throws. */
  override forward(..._inputs: Tensor[]): never {
    throw new Error(`${this.constructor.name}: has no forward: use its parameters one by one`);
  }

  override toString(): string {
    const lines = this.items().map(
      ([name, { shape, dtype }]) => `  (${name}): Parameter [${shape.join(", ")}] ${dtype}`,
    );
    return lines.length === 0 ? `${this.constructor.name}()` : `${this.constructor.name}(\n${lines.join("\n")}\n)`;
  }
}

/**
 * Parameters in a list. Named by position: "0", "1", …
 *
 * @example
 * new ParameterList([new Parameter(ones([2])), new Parameter(ones([3]))]).at(-1).shape; // => [3]
 */
export class ParameterList extends Parameters implements Iterable<Parameter> {
  constructor(items: Iterable<Parameter> = []) {
    super();
    this.push(...items);
  }

  get length(): number {
    return this.items().length;
  }

  /** The parameter at `index`; negative counts from the end. Throws where there is none. */
  at(index: number): Parameter {
    const found = this.items().at(index);
    if (found === undefined) throw new RangeError(`ParameterList: no parameter ${index} among ${this.length}`);
    return found[1];
  }

  push(...items: Parameter[]): this {
    for (const item of items) Object.assign(this, { [this.length]: item });
    return this;
  }

  *[Symbol.iterator](): Generator<Parameter> {
    for (const [, parameter] of this.items()) yield parameter;
  }
}

/**
 * Parameters by name. Keys are those of a state dict: without capital letters and dots.
 *
 * @example
 * const scales = new ParameterDict({ left: new Parameter(ones([2])) });
 * scales.get("left").shape; // => [2]
 */
export class ParameterDict extends Parameters implements Iterable<[string, Parameter]> {
  constructor(items: Readonly<Record<string, Parameter>> = {}) {
    super();
    for (const [key, parameter] of Object.entries(items)) this.set(key, parameter);
  }

  get size(): number {
    return this.items().length;
  }

  has(key: string): boolean {
    return this.items().some(([name]) => name === key);
  }

  /** The parameter at `key`. Throws where there is none. */
  get(key: string): Parameter {
    const found = this.items().find(([name]) => name === key);
    if (found !== undefined) return found[1];
    throw new RangeError(
      `ParameterDict: no parameter ${JSON.stringify(key)} among ${this.keys().join(", ") || "none"}`,
    );
  }

  set(key: string, parameter: Parameter): this {
    if (!/^[^A-Z.]+$/.test(key) || (key in this && !this.has(key)))
      throw new RangeError(
        `ParameterDict: a key must be free, and without capital letters and dots, got ${JSON.stringify(key)}`,
      );
    return Object.assign(this, { [key]: parameter });
  }

  keys(): string[] {
    return this.items().map(([name]) => name);
  }

  *[Symbol.iterator](): Generator<[string, Parameter]> {
    yield* this.items();
  }
}
