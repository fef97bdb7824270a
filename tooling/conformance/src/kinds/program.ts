import { enableGrad, grad, noGrad, requiresGrad_ } from "@dl/autograd";
import { contiguousCopy, Tensor } from "@dl/tensor";
import { bind, given } from "../args.ts";
import {
  type Case,
  isList,
  isObject,
  type Json,
  type JsonObject,
  listAt,
  namesAt,
  objectAt,
  objectsAt,
  textAt,
} from "../case.ts";
import { compareOne, Mismatch, type Tolerance } from "../compare.ts";
import { type Context, tolerance } from "../context.ts";
import type { Decoder } from "../decode.ts";
import { isValues, type Value } from "../value.ts";
import { expectError } from "./errors.ts";
import { listOf, recordOf, rowOf } from "./function.ts";
import { runFunctional } from "./functional.ts";

/** Statements that are run one after the other, with values to be met on the way. */
export async function runProgram(test: Case, context: Context): Promise<void> {
  const met: Met[] = [];
  new Machine(context.decoder, met).run(objectsAt(test, "program"));
  const expected = objectsAt(test, "expected");
  if (met.length !== expected.length) throw new Mismatch(`${met.length} values met, expected ${expected.length}`);
  for (const [i, { what, value }] of met.entries()) {
    await compareTree(what, value, expected[i]?.["value"], context.decoder, tolerance(test, context));
  }
}

/** A value that the program says is to be compared. */
interface Met {
  readonly what: string;
  readonly value: Value;
}

/** The variables of a program, and what its statements do. */
export class Machine {
  readonly variables = new Map<string, Value>();
  readonly #decoder: Decoder;
  readonly #met: Met[];

  constructor(decoder: Decoder, met: Met[]) {
    this.#decoder = decoder;
    this.#met = met;
  }

  /** A machine of its own that begins with these variables. */
  nested(): Machine {
    const machine = new Machine(this.#decoder, []);
    for (const [name, value] of this.variables) machine.variables.set(name, value);
    return machine;
  }

  run(statements: readonly JsonObject[]): void {
    for (const statement of statements) {
      const block = statement["expect_error"];
      if (block !== undefined) expectError(() => this.#steps(objectsAt(statement, "expect_error")));
      else this.step(statement);
    }
  }

  /** The value of a JSON expression over the variables. */
  value(json: Json | undefined): Value {
    return this.#decoder.value(json, this.variables);
  }

  tensor(name: string): Tensor {
    const value = this.variables.get(name);
    if (!(value instanceof Tensor)) throw new Mismatch(`${name} is ${String(value)}, expected a tensor`);
    return value;
  }

  step(statement: JsonObject): void {
    if ("leaf" in statement) this.#leaf(statement);
    else if ("op" in statement) this.#let(statement, this.#call(statement));
    else if ("functional" in statement) this.#let(statement, runFunctional(statement, this));
    else if ("backward" in statement) this.#backward(statement);
    else if ("grad" in statement) this.#grad(statement);
    else if ("grad_of" in statement) this.#let(statement, this.tensor(textAt(statement, "grad_of")).grad);
    else if ("zero_grad" in statement)
      for (const name of namesAt(statement, "zero_grad")) this.tensor(name).grad = undefined;
    else if ("no_grad" in statement) noGrad(() => this.#steps(objectsAt(statement, "no_grad")));
    else if ("enable_grad" in statement) enableGrad(() => this.#steps(objectsAt(statement, "enable_grad")));
    else if ("expect" in statement) this.#expect(textAt(statement, "expect"));
    else if ("expect_flag" in statement) this.#expectFlag(textAt(statement, "expect_flag"), textAt(statement, "flag"));
    else throw new TypeError(`case: unknown statement ${JSON.stringify(statement)}`);
  }

  #steps(statements: readonly JsonObject[]): void {
    for (const statement of statements) this.step(statement);
  }

  #leaf(statement: JsonObject): void {
    const tensor = this.#decoder.tensor(statement["tensor"]);
    this.variables.set(textAt(statement, "leaf"), statement["requires_grad"] === true ? requiresGrad_(tensor) : tensor);
  }

  #call(statement: JsonObject): Value {
    const { signature, call } = rowOf(textAt(statement, "op"));
    const args = listOf(this.value(listAt(statement, "args")));
    return call(bind(signature, args, recordOf(this.value(objectAt(statement, "kwargs")))));
  }

  #let(statement: JsonObject, value: Value): void {
    const names = namesAt(statement, "let");
    if (!isList(statement["let"])) for (const name of names) this.variables.set(name, value);
    else for (const [i, name] of names.entries()) this.variables.set(name, isValues(value) ? value[i] : undefined);
  }

  #backward(statement: JsonObject): void {
    const { gradient, ...options } = objectAt(statement, "options");
    this.tensor(textAt(statement, "backward")).backward({
      ...given({ gradient: typeof gradient === "string" ? this.tensor(gradient) : undefined }),
      ...graphOptions(options),
    });
  }

  #grad(statement: JsonObject): void {
    const tensors = (key: string): Tensor[] => namesAt(statement, key).map((name) => this.tensor(name));
    const options = objectAt(statement, "options");
    const gradOutputs = namesAt(options, "grad_outputs").map((name) => this.tensor(name));
    const settings = { ...graphOptions(options), ...(gradOutputs.length > 0 && { gradOutputs }) };
    const found: (Tensor | undefined)[] =
      options["allow_unused"] === true
        ? grad(tensors("outputs"), tensors("inputs"), { ...settings, allowUnused: true })
        : grad(tensors("outputs"), tensors("inputs"), settings);
    for (const [i, name] of namesAt(statement, "grad").entries()) this.variables.set(name, found[i]);
  }

  #expect(name: string): void {
    const value = this.variables.get(name);
    // what is compared is the value now, not after later in-place changes
    this.#met.push({ what: name, value: value instanceof Tensor ? snapshot(value) : value });
  }

  #expectFlag(name: string, flag: string): void {
    const value = flag === "is_none" ? this.variables.get(name) === undefined : flagOf(this.tensor(name), flag);
    this.#met.push({ what: `${flag} of ${name}`, value });
  }
}

const snapshot = (x: Tensor): Tensor => noGrad(() => contiguousCopy(x));

const graphOptions = (options: JsonObject): { createGraph?: boolean; retainGraph?: boolean } => ({
  ...(typeof options["create_graph"] === "boolean" && { createGraph: options["create_graph"] }),
  ...(typeof options["retain_graph"] === "boolean" && { retainGraph: options["retain_graph"] }),
});

function flagOf(x: Tensor, flag: string): boolean {
  switch (flag) {
    case "requires_grad":
      return x.requiresGrad;
    case "is_leaf":
      return x.isLeaf;
    case "has_grad":
      return x.grad !== undefined;
    case "has_grad_fn":
      return x.gradFn !== undefined;
    default:
      throw new TypeError(`case: unknown flag ${flag}`);
  }
}

async function compareTree(
  what: string,
  found: Value,
  json: Json | undefined,
  decoder: Decoder,
  within: Tolerance,
): Promise<void> {
  if (isList(json)) {
    for (const [i, each] of json.entries()) {
      await compareTree(`${what}[${i}]`, isValues(found) ? found[i] : undefined, each, decoder, within);
    }
    return;
  }
  if (json === null || (isObject(json) && json["$value"] === null)) {
    if (found !== undefined) throw new Mismatch(`${what}: expected nothing`);
    return;
  }
  const plain = found instanceof Tensor || typeof found !== "object" ? found : String(found);
  await compareOne(what, plain ?? undefined, decoder.expected(json), within);
}
