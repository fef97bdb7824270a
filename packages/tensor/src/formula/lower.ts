import { call, functionsOf, type Node, rebuild, schedule, substitute } from "./ast.ts";
import { definitions } from "./definitions.ts";
import { integerWords, isInstruction, logic } from "./instructions.ts";
import type { FunctionName, MachineWord } from "./names.ts";
import { parseMachine } from "./parse.ts";

/**
 * The formula in words that are WebAssembly instructions: every other function is replaced by its
 * definition.
 */
export function lower(formula: Node): Node {
  return rebuild(rebuild(formula, joined), (node) => {
    if (node.kind !== "call") return node;
    const [first, second] = node.args;
    if (node.fn === "pow" && second?.kind === "number" && second.value === 2) {
      return call("mul", first as Node, first as Node);
    }
    // One instruction; the general ones take eight, because either argument may be NaN.
    if ((node.fn === "max" || node.fn === "min") && second?.kind === "number" && !Number.isNaN(second.value)) {
      return call(node.fn === "max" ? "pmax" : "pmin", first as Node, second);
    }
    const definition = lowered(node.fn);
    if (definition === undefined) return node;
    const bindings = Object.fromEntries(node.args.map((arg, index) => ["xyz".charAt(index), arg]));
    return substitute(definition, bindings);
  });
}

/** `1 + erf(x)` is one function: cheaper, and where it is near 0 it keeps the digits that the sum would lose. */
function joined(node: Node): Node {
  if (node.kind !== "call" || node.fn !== "add") return node;
  const [first, second] = node.args as readonly [Node, Node];
  const isJoined = first.kind === "number" && first.value === 1 && second.kind === "call" && second.fn === "erf";
  return isJoined ? call("erfPlusOne", second.args[0] as Node) : node;
}

/** True where every function of the formula is an instruction or has a definition. */
export function canLower(formula: Node): boolean {
  return [...functionsOf(formula)].every((fn) => isInstruction(fn) || Object.hasOwn(definitions, fn));
}

/** True where every function of the formula is an instruction on 32-bit integers, and every number in it is one. */
export function isInteger(formula: Node): boolean {
  return (
    [...functionsOf(formula)].every((fn) => Object.hasOwn(integerWords, fn) || Object.hasOwn(logic, fn)) &&
    schedule(formula).every(({ node }) => node.kind !== "number" || (node.value | 0) === node.value)
  );
}

const cache = new Map<string, Node>();

function lowered(fn: FunctionName | MachineWord): Node | undefined {
  const known = cache.get(fn);
  if (known !== undefined) return known;
  const text = definitions[fn];
  if (text === undefined) return undefined;
  const result = lower(parseMachine(text));
  cache.set(fn, result);
  return result;
}
