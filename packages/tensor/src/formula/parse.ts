import { call, type Node, num, select, variable } from "./ast.ts";
import type { FunctionName } from "./names.ts";
import { arityOf, isFunction, isMachineWord } from "./vocabulary.ts";

/**
 * The formula that a text says. Numbers (`1`, `.5`, `1e-3`, `inf`, `nan`, `pi`), names, `+ - * /`,
 * comparisons (1 or 0), `! && ||`, `condition ? a : b`, calls from the vocabulary, and
 * `let name = …;` before the result.
 *
 * Throws a SyntaxError that names the text, the position and what stands there.
 *
 * @example
 * parse("let s = sigmoid(x); s * (1 - s)").kind; // => "call"
 */
export function parse(text: string): Node {
  return read(text, false);
}

/** As `parse`, with the words that only the WebAssembly target knows. */
export function parseMachine(text: string): Node {
  return read(text, true);
}

function read(text: string, machine: boolean): Node {
  const parser = { text, machine, tokens: tokenize(text), next: 0, lets: new Map<string, Node>() };
  while (accept(parser, "let")) {
    const { text: name, position } = take(parser);
    if (!isName(name)) fail(text, `a name must follow let, not "${name}"`, position);
    if (parser.lets.has(name)) fail(text, `"${name}" is defined twice`, position);
    expect(parser, "=");
    const value = readSelect(parser);
    expect(parser, ";");
    parser.lets.set(name, value);
  }
  const result = readSelect(parser);
  const rest = peek(parser);
  if (rest.text !== "") fail(text, `expected the end, found "${rest.text}"`, rest.position);
  return result;
}

interface Token {
  readonly text: string;
  readonly position: number;
}

interface Parser {
  readonly text: string;
  readonly machine: boolean;
  readonly tokens: readonly Token[];
  readonly lets: Map<string, Node>;
  next: number;
}

const constants = new Map([
  ["inf", Number.POSITIVE_INFINITY],
  ["nan", Number.NaN],
  ["pi", Math.PI],
]);

const binaryOperators: readonly Readonly<Record<string, FunctionName>>[] = [
  { "||": "or" },
  { "&&": "and" },
  { "==": "eq", "!=": "ne" },
  { "<": "lt", "<=": "le", ">": "gt", ">=": "ge" },
  { "+": "add", "-": "sub" },
  { "*": "mul", "/": "div" },
];

function readSelect(parser: Parser): Node {
  const condition = readBinary(parser, 0);
  if (!accept(parser, "?")) return condition;
  const then = readSelect(parser);
  expect(parser, ":");
  return select(condition, then, readSelect(parser));
}

function readBinary(parser: Parser, level: number): Node {
  const operators = binaryOperators[level];
  if (operators === undefined) return readPrefix(parser);
  let left = readBinary(parser, level + 1);
  for (;;) {
    const symbol = peek(parser).text;
    if (!Object.hasOwn(operators, symbol)) return left;
    parser.next += 1;
    left = call(operators[symbol] as FunctionName, left, readBinary(parser, level + 1));
  }
}

function readPrefix(parser: Parser): Node {
  if (accept(parser, "!")) return call("not", readPrefix(parser));
  if (!accept(parser, "-")) return readPrimary(parser);
  const operand = readPrefix(parser);
  return operand.kind === "number" ? num(-operand.value) : call("neg", operand);
}

function readPrimary(parser: Parser): Node {
  const token = take(parser);
  if (token.text === "(") {
    const inside = readSelect(parser);
    expect(parser, ")");
    return inside;
  }
  if (/^[0-9.]/.test(token.text)) return num(Number(token.text));
  if (!isName(token.text)) fail(parser.text, `expected a value, found ${quoted(token)}`, token.position);
  if (accept(parser, "(")) return readCall(parser, token);
  const known = parser.lets.get(token.text);
  if (known !== undefined) return known;
  const constant = constants.get(token.text);
  return constant === undefined ? variable(token.text) : num(constant);
}

function readCall(parser: Parser, { text: name, position }: Token): Node {
  if (!isFunction(name) && !(parser.machine && isMachineWord(name))) {
    fail(parser.text, `unknown function "${name}"`, position);
  }
  const args: Node[] = [];
  do args.push(readSelect(parser));
  while (accept(parser, ","));
  expect(parser, ")");
  const arity = arityOf(name);
  if (args.length !== arity) {
    fail(parser.text, `${name} takes ${arity} ${arity === 1 ? "argument" : "arguments"}, not ${args.length}`, position);
  }
  return call(name, ...args);
}

function tokenize(text: string): readonly Token[] {
  const pattern = /\s*(?:((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|[<>=!]=|&&|\|\||[-+*/<>!?:(),;=])|$)/y;
  const tokens: Token[] = [];
  for (;;) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      const position = start + (text.slice(start).length - text.slice(start).trimStart().length);
      fail(text, `cannot read "${text.charAt(position)}"`, position);
    }
    const word = match[1] ?? "";
    tokens.push({ text: word, position: pattern.lastIndex - word.length });
    if (word === "") return tokens;
  }
}

function isName(text: string): boolean {
  return /^[A-Za-z_]/.test(text) && text !== "let";
}

function peek({ tokens, next }: Parser): Token {
  return tokens[next] as Token;
}

function take(parser: Parser): Token {
  const token = peek(parser);
  if (token.text !== "") parser.next += 1;
  return token;
}

function accept(parser: Parser, text: string): boolean {
  if (peek(parser).text !== text) return false;
  parser.next += 1;
  return true;
}

function expect(parser: Parser, text: string): void {
  const token = take(parser);
  if (token.text !== text) fail(parser.text, `expected "${text}", found ${quoted(token)}`, token.position);
}

function quoted({ text }: Token): string {
  return text === "" ? "the end" : `"${text}"`;
}

function fail(text: string, what: string, position: number): never {
  throw new SyntaxError(`formula: ${what} at position ${position} of "${text}"`);
}
