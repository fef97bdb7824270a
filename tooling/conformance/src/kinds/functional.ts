import { hessian, hvp, jacobian, jvp, vjp } from "@dl/autograd";
import { Tensor } from "@dl/tensor";
import { type JsonObject, namesAt, objectAt, objectsAt, textAt } from "../case.ts";
import { Mismatch } from "../compare.ts";
import { isValues, type Value } from "../value.ts";
import type { Machine } from "./program.ts";

/** `jacobian`, `hessian`, `vjp`, `jvp` or `hvp` of a function that is itself a program. */
export function runFunctional(statement: JsonObject, outer: Machine): Value {
  const inputs = namesAt(statement, "inputs").map((name) => outer.tensor(name));
  const fn = functionOf(objectAt(statement, "fn"), outer);
  const v = outer.value(objectAt(statement, "kwargs")["v"]);
  const [only] = inputs;
  const single = inputs.length === 1 && only !== undefined;
  switch (textAt(statement, "functional")) {
    case "jacobian":
      return single ? jacobian(fn, only) : jacobian(fn, inputs);
    case "hessian":
      return single ? hessian(fn, only) : hessian(fn, inputs);
    case "vjp":
      return single ? vjp(fn, only, tensorOf(v)).vjp : vjp(fn, inputs, tensorOf(v)).vjp;
    case "jvp":
      return single ? jvp(fn, only, tensorOf(v)).jvp : jvp(fn, inputs, tensorsOf(v)).jvp;
    case "hvp":
      return single ? hvp(fn, only, tensorOf(v)).hvp : hvp(fn, inputs, tensorsOf(v)).hvp;
    default:
      throw new TypeError(`case: unknown functional ${textAt(statement, "functional")}`);
  }
}

function functionOf(fn: JsonObject, outer: Machine): (...inputs: Tensor[]) => Tensor {
  return (...inputs) => {
    const machine = outer.nested();
    for (const [i, name] of namesAt(fn, "params").entries()) machine.variables.set(name, inputs[i]);
    for (const statement of objectsAt(fn, "body")) machine.step(statement);
    return tensorOf(machine.value(fn["returns"]));
  };
}

function tensorOf(value: Value): Tensor {
  if (!(value instanceof Tensor)) throw new Mismatch(`got ${String(value)}, expected a tensor`);
  return value;
}

const tensorsOf = (value: Value): Tensor[] => (isValues(value) ? value : [value]).map(tensorOf);
