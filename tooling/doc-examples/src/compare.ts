import { inspect } from "node:util";
import ts from "typescript";

const relative = 1e-6;
const absolute = 1e-7;

/**
 * Whether a value is what a comment says: by value where the text is a literal (numbers within a relative 1e-6), else by
 * how the value prints, spaces aside.
 */
export function sameValue(value: unknown, text: string): boolean {
  const plain = plainOf(value);
  const literal = literalOf(text);
  if (literal !== undefined && same(plain, literal.value)) return true;
  const squeezed = squeeze(text);
  return [String(value), inspect(value), inspect(plain)].some((printed) => squeeze(printed) === squeezed);
}

/** A tensor as nested arrays, a typed array as an array; everything else as it is. */
export function plainOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("tolist" in value && typeof value.tolist === "function") return value.tolist();
  if (ArrayBuffer.isView(value) && !(value instanceof DataView) && Symbol.iterator in value) {
    return Array.from(value as Uint8Array, Number);
  }
  if (Array.isArray(value)) return value.map(plainOf);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plainOf(entry)]));
}

function same(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") {
    return Object.is(a, b) || a === b || Math.abs(a - b) <= Math.max(absolute, relative * Math.abs(b));
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((entry, i) => same(entry, b[i]));
  if (typeof a === "object" && typeof b === "object" && a !== null && b !== null) {
    const keys = Object.keys(a);
    const other = new Map(Object.entries(b));
    return (
      keys.length === other.size &&
      Object.entries(a).every(([key, entry]) => other.has(key) && same(entry, other.get(key)))
    );
  }
  return a === b;
}

function literalOf(text: string): { readonly value: unknown } | undefined {
  const source = ts.createSourceFile("value.ts", `(${text})`, ts.ScriptTarget.Latest, true);
  const [statement] = source.statements;
  if (source.statements.length !== 1 || statement === undefined || !ts.isExpressionStatement(statement))
    return undefined;
  try {
    return { value: evaluate(statement.expression) };
  } catch {
    return undefined;
  }
}

function evaluate(node: ts.Expression): unknown {
  if (ts.isParenthesizedExpression(node)) return evaluate(node.expression);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(evaluate);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken)
    return -Number(evaluate(node.operand));
  if (ts.isObjectLiteralExpression(node)) {
    return Object.fromEntries(
      node.properties.map((property) => {
        if (!ts.isPropertyAssignment(property)) throw new TypeError("not a literal");
        const { name } = property;
        if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) throw new TypeError("not a literal");
        return [name.text, evaluate(property.initializer)];
      }),
    );
  }
  const words = new Map<string, unknown>([
    ["true", true],
    ["false", false],
    ["null", null],
    ["undefined", undefined],
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
  ]);
  const word = node.getText();
  if (!words.has(word)) throw new TypeError("not a literal");
  return words.get(word);
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
