import type { Tensor } from "@dl/tensor";
import type { Signature } from "./signature.ts";
import { DTypeValue, isValues, type Value, type ValueRecord } from "./value.ts";

/** The table does not know what a case asks for: an error of the table, not of the library. */
export class TableError extends Error {}

/**
 * The arguments of one call by PyTorch's names. The readers name a type and trust it, so that a wrong argument of an
 * error case reaches the library, which has to find it.
 */
export class Args {
  readonly #values: ReadonlyMap<string, Value>;
  readonly #who: string;

  constructor(who: string, values: ReadonlyMap<string, Value>) {
    this.#who = who;
    this.#values = values;
  }

  /** Whether an argument is given and not None. */
  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  /** Whether None is given, where that is not the default. */
  isNone(name: string): boolean {
    return this.#values.get(name) === null;
  }

  /** The argument as it is; undefined where it is missing or None. */
  value(name: string): Value {
    return this.#values.get(name) ?? undefined;
  }

  /** An argument of any type that the row vouches for; undefined where it is missing or None. */
  maybe<T>(name: string): T | undefined {
    const value = this.value(name);
    return (value instanceof DTypeValue ? value.dtype : value) as T | undefined;
  }

  /** An argument of any type that the row vouches for. */
  get<T>(name: string): T {
    const value = this.maybe<T>(name);
    if (value === undefined) throw new TableError(`${this.#who}: the case gives no ${name}`);
    return value;
  }

  tensor(name = "input"): Tensor {
    return this.get<Tensor>(name);
  }

  /** A tensor or a number. */
  operand(name: string): Tensor | number {
    return this.get<Tensor | number>(name);
  }

  number(name: string): number {
    return this.get<number>(name);
  }

  numbers(name: string): number[] {
    return this.get<number[]>(name);
  }

  tensors(name: string): Tensor[] {
    return this.get<Tensor[]>(name);
  }

  /** `f(2, 3)` and `f([2, 3])` alike: the numbers of a rest parameter. */
  rest<T = number>(name: string): T[] {
    const values = this.get<Value[]>(name);
    const [first] = values;
    return (values.length === 1 && isValues(first) ? first : values) as T[];
  }

  /**
   * The options that are given, by their names here and PyTorch's: `sum(x, a.options({ dim: "dim" }))`. The names are
   * checked against the options that the function around takes.
   */
  options<O extends object | undefined>(names: { readonly [K in keyof NonNullable<NoInfer<O>>]?: string }): O {
    const entries = Object.entries<unknown>(names).map(([key, name]) => [key, this.maybe(String(name))] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as O;
  }
}

/** Gives every argument of a call its name. */
export function bind({ name: who, parameters }: Signature, args: readonly Value[], kwargs: ValueRecord): Args {
  const values = new Map<string, Value>();
  let next = 0;
  for (const { names, positional, rest } of parameters) {
    const [name = ""] = names;
    if (rest) {
      if (next < args.length) values.set(name, args.slice(next));
      next = args.length;
    } else if (positional && next < args.length) values.set(name, args[next++]);
  }
  if (next < args.length) throw new TableError(`${who}: the table has no position ${next}`);
  for (const [key, value] of Object.entries(kwargs)) {
    const parameter = parameters.find(({ names }) => names.includes(key));
    if (parameter === undefined) throw new TableError(`${who}: the table has no argument ${key}`);
    values.set(parameter.names[0] ?? "", value);
  }
  return new Args(who, values);
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The options that a case gives: those that are undefined are left out. */
export function given<T extends object>(options: T): Given<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Given<T>;
}
