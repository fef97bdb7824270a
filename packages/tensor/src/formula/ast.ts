import type { FunctionName, MachineWord } from "./names.ts";
import { arityOf, isOperator, isTruth, operators, precedence } from "./vocabulary.ts";

/** A formula: a tree whose equal parts may be shared. */
export type Node = NumberNode | NameNode | CallNode | SelectNode;

export interface NumberNode {
  readonly kind: "number";
  readonly value: number;
}

export interface NameNode {
  readonly kind: "name";
  readonly name: string;
}

export interface CallNode {
  readonly kind: "call";
  readonly fn: FunctionName | MachineWord;
  readonly args: readonly Node[];
}

export interface SelectNode {
  readonly kind: "select";
  /** The condition, the value where it is not 0, and the value where it is. */
  readonly args: readonly [Node, Node, Node];
}

/** The constant `value`. */
export function num(value: number): NumberNode {
  return { kind: "number", value };
}

/** The input or parameter called `name`. */
export function variable(name: string): NameNode {
  return { kind: "name", name };
}

/** `fn(...args)`; operators have names too: `call("add", x, y)`. */
export function call(fn: FunctionName | MachineWord, ...args: readonly Node[]): CallNode {
  const arity = arityOf(fn);
  if (args.length !== arity) throw new TypeError(`formula: ${fn} takes ${arity} arguments, not ${args.length}`);
  return { kind: "call", fn, args };
}

/** `condition ? then : otherwise` */
export function select(condition: Node, then: Node, otherwise: Node): SelectNode {
  return { kind: "select", args: [condition, then, otherwise] };
}

/** One value to compute: a node, and the steps that hold its arguments. */
export interface Step {
  readonly node: Node;
  readonly args: readonly number[];
  /** How many arguments of other steps read it. */
  uses: number;
}

/**
 * The values of a formula in an order in which they can be computed, each once: equal parts become
 * one step. The last step is the formula.
 *
 * @example
 * schedule(parse("(x + 1) * (x + 1)")).length; // => 4
 */
export function schedule(root: Node): readonly Step[] {
  const steps: Step[] = [];
  const byNode = new Map<Node, number>();
  const byKey = new Map<string, number>();
  const visit = (node: Node): number => {
    const known = byNode.get(node);
    if (known !== undefined) return known;
    const args = operands(node).map(visit);
    const key = keyOf(node, args);
    let index = byKey.get(key);
    if (index === undefined) {
      index = steps.push({ node, args, uses: 0 }) - 1;
      byKey.set(key, index);
      for (const arg of args) (steps[arg] as Step).uses += 1;
    }
    byNode.set(node, index);
    return index;
  };
  visit(root);
  return steps;
}

/** The names that a formula reads, in the order in which it reads them. */
export function names(root: Node): readonly string[] {
  return schedule(root).flatMap(({ node }) => (node.kind === "name" ? [node.name] : []));
}

/** The functions and operators that a formula calls. */
export function functionsOf(root: Node): ReadonlySet<FunctionName | MachineWord> {
  return new Set(schedule(root).flatMap(({ node }) => (node.kind === "call" ? [node.fn] : [])));
}

/**
 * The formula with names replaced by formulas: this is how ops are fused.
 *
 * @example
 * toText(substitute(parse("x * sigmoid(x)"), { x: parse("a + b") })); // => "let t0 = a + b; t0 * sigmoid(t0)"
 */
export function substitute(root: Node, bindings: Readonly<Record<string, Node>>): Node {
  return rebuild(root, (node) =>
    node.kind === "name" && Object.hasOwn(bindings, node.name) ? (bindings[node.name] as Node) : node,
  );
}

/** The formula with `change` applied to every node, arguments first; shared nodes stay shared. */
export function rebuild(root: Node, change: (node: Node) => Node): Node {
  const done = new Map<Node, Node>();
  const visit = (node: Node): Node => {
    const known = done.get(node);
    if (known !== undefined) return known;
    const result = change(withOperands(node, operands(node).map(visit)));
    done.set(node, result);
    return result;
  };
  return visit(root);
}

/** True where the formula's value is only ever 1 or 0. */
export function isBoolean(node: Node): boolean {
  if (node.kind === "call") return isTruth(node.fn);
  if (node.kind === "select") return isBoolean(node.args[1]) && isBoolean(node.args[2]);
  return node.kind === "number" && (node.value === 0 || node.value === 1);
}

/**
 * The formula in canonical notation: equal formulas give equal texts, `parse` reads it back, and a
 * value that is used more than once is written once, as a `let`.
 *
 * @example
 * toText(parse("x>0?x:(alpha*expm1(x))")); // => "x > 0 ? x : alpha * expm1(x)"
 */
export function toText(root: Node): string {
  const steps = schedule(root);
  const taken = names(root);
  let prefix = "t";
  while (taken.some((name) => name.startsWith(prefix))) prefix += "t";
  const lets: string[] = [];
  const texts: Text[] = [];
  for (const { node, args, uses } of steps) {
    const text = textOf(
      node,
      args.map((arg) => texts[arg] as Text),
    );
    if (uses > 1 && operands(node).length > 0) {
      const name = `${prefix}${lets.length}`;
      lets.push(`let ${name} = ${text.text}; `);
      texts.push({ text: name, binding: precedence.primary });
    } else texts.push(text);
  }
  return lets.join("") + (texts.at(-1) as Text).text;
}

interface Text {
  readonly text: string;
  readonly binding: number;
}

function textOf(node: Node, args: readonly Text[]): Text {
  if (node.kind === "number") return numberText(node.value);
  if (node.kind === "name") return { text: node.name, binding: precedence.primary };
  const inside = (index: number, binding: number): string => {
    const arg = args[index] as Text;
    return arg.binding < binding ? `(${arg.text})` : arg.text;
  };
  if (node.kind === "select") {
    const { select: binding, or } = precedence;
    return { text: `${inside(0, or)} ? ${inside(1, or)} : ${inside(2, binding)}`, binding };
  }
  if (!isOperator(node.fn))
    return { text: `${node.fn}(${args.map(({ text }) => text).join(", ")})`, binding: precedence.primary };
  const { symbol, binding } = operators[node.fn];
  if (args.length === 1) return { text: symbol + inside(0, precedence.primary), binding };
  return { text: `${inside(0, binding)} ${symbol} ${inside(1, binding + 1)}`, binding };
}

function numberText(value: number): Text {
  const magnitude = Math.abs(value);
  const text = magnitude === Number.POSITIVE_INFINITY ? "inf" : Number.isNaN(value) ? "nan" : String(magnitude);
  const negative = value < 0 || Object.is(value, -0);
  return { text: negative ? `-${text}` : text, binding: negative ? precedence.prefix : precedence.primary };
}

function keyOf(node: Node, args: readonly number[]): string {
  if (node.kind === "number") return Object.is(node.value, -0) ? "-0" : String(node.value);
  if (node.kind === "name") return `$${node.name}`;
  return `${node.kind === "call" ? node.fn : "?"}(${args.join()})`;
}

function operands(node: Node): readonly Node[] {
  return node.kind === "call" || node.kind === "select" ? node.args : [];
}

function withOperands(node: Node, args: readonly Node[]): Node {
  if (node.kind === "number" || node.kind === "name" || args.every((arg, index) => arg === node.args[index]))
    return node;
  if (node.kind === "call") return { kind: "call", fn: node.fn, args };
  const [condition, then, otherwise] = args;
  return select(condition as Node, then as Node, otherwise as Node);
}
