import { call, type Node, num, rebuild, select, substitute } from "./ast.ts";
import { derivatives } from "./derivatives.ts";
import type { FunctionName, MachineWord } from "./names.ts";
import { parse } from "./parse.ts";
import { isMachineWord } from "./vocabulary.ts";

/**
 * The derivative of a formula by one of its names, a formula again, so this goes to any order.
 *
 * Kinks have PyTorch's values: 0 for `relu` and `abs` at 0, a half for each side of a tie in `max` and
 * `min`, 1 for `clamp` on its borders. A select is a select in the derivative too: the branch not taken
 * never contributes. What a formula does not overflow in, its derivative does not either.
 *
 * @example
 * toText(derive(parse("x * sigmoid(x)"), "x")); // => "let t0 = sigmoid(x); t0 + x * (t0 * (1 - t0))"
 */
export function derive(formula: Node, name: string): Node {
  const done = new Map<Node, Node | undefined>();
  const visit = (node: Node): Node | undefined => {
    if (done.has(node)) return done.get(node);
    const result = derivativeOf(node, name, visit);
    done.set(node, result);
    return result;
  };
  return visit(formula) ?? num(0);
}

/** Undefined stands for the derivative of what does not depend on the name: the only 0 that is left out. */
function derivativeOf(node: Node, name: string, visit: (node: Node) => Node | undefined): Node | undefined {
  if (node.kind === "number") return undefined;
  if (node.kind === "name") return node.name === name ? num(1) : undefined;
  if (node.kind === "select") {
    const [condition, then, otherwise] = node.args;
    const [first, second] = [visit(then), visit(otherwise)];
    if (first === undefined && second === undefined) return undefined;
    return simplify(select(condition, first ?? num(0), second ?? num(0)));
  }
  let sum: Node | undefined;
  for (const [index, arg] of node.args.entries()) {
    const inner = visit(arg);
    const rule = inner === undefined ? undefined : ruleOf(node.fn, index);
    if (inner === undefined || rule === undefined) continue;
    const [x = inner, y = inner, z = inner] = node.args;
    const term = apply(rule, { d: inner, f: node, x, y, z });
    sum = sum === undefined ? term : simplify(call("add", sum, term));
  }
  return sum;
}

const rules = new Map<string, Node | undefined>();

function ruleOf(fn: FunctionName | MachineWord, index: number): Node | undefined {
  if (isMachineWord(fn)) throw new TypeError(`derive: ${fn} has no derivative`);
  const key = `${fn} ${index}`;
  if (!rules.has(key)) {
    const text = derivatives[fn][index];
    rules.set(key, text === undefined ? undefined : parse(text));
  }
  return rules.get(key);
}

/** The rule with its names replaced, simplified where that is exact; the replacements stay as they are. */
function apply(rule: Node, bindings: Readonly<Record<string, Node>>): Node {
  return rebuild(rule, (node) => (node.kind === "name" ? substitute(node, bindings) : simplify(node)));
}

/** `1 * x`, `x * 1`, `x / 1`, `x - 0`, `--x`, `pow(x, 1)`, and operations on numbers; never `0 * x`. */
function simplify(node: Node): Node {
  if (node.kind === "select") {
    const [condition, then, otherwise] = node.args;
    if (condition.kind !== "number") return node;
    return condition.value !== 0 ? then : otherwise;
  }
  if (node.kind !== "call") return node;
  const [x, y] = node.args as readonly [Node, Node?];
  if (y === undefined) {
    if (node.fn !== "neg") return node;
    if (x.kind === "number") return num(-x.value);
    return x.kind === "call" && x.fn === "neg" ? (x.args[0] as Node) : node;
  }
  if (x.kind === "number" && y.kind === "number") return fold(node, x.value, y.value);
  if (node.fn === "mul") {
    if (isNumber(x, 1)) return y;
    if (isNumber(y, 1)) return x;
    if (isNumber(x, -1)) return simplify(call("neg", y));
    if (isNumber(y, -1)) return simplify(call("neg", x));
  }
  if ((node.fn === "div" || node.fn === "pow") && isNumber(y, 1)) return x;
  if (node.fn === "add" && isNumber(y, 0)) return x;
  if (node.fn === "add" && isNumber(x, 0)) return y;
  if (node.fn === "sub" && isNumber(y, 0)) return x;
  if (node.fn === "add" && y.kind === "call" && y.fn === "neg") return call("sub", x, y.args[0] as Node);
  return node;
}

function fold(node: Node, x: number, y: number): Node {
  if (node.kind !== "call") return node;
  if (node.fn === "add") return num(x + y);
  if (node.fn === "sub") return num(x - y);
  if (node.fn === "mul") return num(x * y);
  if (node.fn === "eq") return num(x === y ? 1 : 0);
  if (node.fn === "ge") return num(x >= y ? 1 : 0);
  return node;
}

function isNumber(node: Node, value: number): boolean {
  return node.kind === "number" && node.value === value;
}
