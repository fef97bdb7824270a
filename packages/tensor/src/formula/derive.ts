import { call, type Node, names, num, rebuild, type SelectNode, select, substitute } from "./ast.ts";
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
 * `seed` is what the derivative is multiplied by, the gradient that arrives from above: `variable("g")` makes
 * the formula of a backward pass, in which a select drops also an infinite g.
 *
 * @example
 * toText(derive(parse("x * sigmoid(x)"), "x")); // => "let t0 = sigmoid(x); x * (t0 * (1 - t0)) + t0"
 */
export function derive(formula: Node, name: string, seed: Node = num(1)): Node {
  return backward(formula, name, seed) ?? num(0);
}

/**
 * The derivative times the seed, by going back from the result as autograd does: products group as in
 * PyTorch, `0 * x` instead of `0 * (x + x)`, so that what is finite there is finite here. Undefined stands
 * for what does not depend on the name: the only 0 that is left out.
 */
function backward(formula: Node, name: string, seed: Node): Node | undefined {
  const order = dependents(formula, name);
  const isDependent = new Set(order);
  const seeds = new Map<Node, Node>([[formula, seed]]);
  let total: Node | undefined;
  for (let at = order.length - 1; at >= 0; at--) {
    const node = order[at] as Node;
    const d = seeds.get(node);
    if (d === undefined) continue;
    if (node.kind === "name") total = sumOf(total, d);
    else if (node.kind === "select") total = sumOf(total, selected(node, name, d));
    else if (node.kind === "call") {
      const [x = d, y = d, z = d] = node.args;
      for (const [index, arg] of node.args.entries()) {
        const rule = ruleOf(node.fn, index);
        if (rule === undefined || !isDependent.has(arg)) continue;
        seeds.set(arg, sumOf(seeds.get(arg), apply(rule, { d, f: node, x, y, z })));
      }
    }
  }
  return total;
}

/** Each branch gets its derivative of its own: through a seed of 0, what is infinite in it would make NaN. */
function selected({ args: [condition, then, otherwise] }: SelectNode, name: string, seed: Node): Node | undefined {
  const [first, second] = [backward(then, name, seed), backward(otherwise, name, seed)];
  if (first === undefined && second === undefined) return undefined;
  return simplify(select(condition, first ?? num(0), second ?? num(0)));
}

/** The nodes that depend on the name, each after its arguments; a select counts as one node. */
function dependents(formula: Node, name: string): readonly Node[] {
  const order: Node[] = [];
  const known = new Map<Node, boolean>();
  const visit = (node: Node): boolean => {
    const seen = known.get(node);
    if (seen !== undefined) return seen;
    let depends = node.kind === "name" && node.name === name;
    if (node.kind === "call") for (const arg of node.args) depends = visit(arg) || depends;
    if (node.kind === "select") depends = node.args.slice(1).some((branch) => names(branch).includes(name));
    known.set(node, depends);
    if (depends) order.push(node);
    return depends;
  };
  visit(formula);
  return order;
}

function sumOf<Term extends Node | undefined>(sum: Node | undefined, term: Term): Node | Term {
  return sum === undefined || term === undefined ? (sum ?? term) : simplify(call("add", sum, term));
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

/**
 * Factors, divisors and exponents of 1, factors of -1, terms of 0, `--x`, `x + -y`, a select by a number, and the
 * operations on two numbers that `fold` knows; never `0 * x`.
 */
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
