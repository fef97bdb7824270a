import { describe, expect, test } from "vitest";
import { names, parse, schedule, substitute, toText } from "../../src/formula/index.ts";
import { runReference } from "./run.ts";
import { words } from "./words.ts";

const value = (text: string, x = 0): number | undefined => runReference(text, { x: [x] })[0];

describe("parse", () => {
  test.each([
    ["1 + 2 * 3", 7],
    ["(1 + 2) * 3", 9],
    ["2 - 3 - 4", -5],
    ["12 / 3 / 2", 2],
    ["-2 * -3", 6],
    ["- -2", 2],
    [".5 + 1e-3 + 2E2", 200.501],
    ["pi", Math.PI],
    ["-inf", Number.NEGATIVE_INFINITY],
    ["nan", Number.NaN],
    ["1 < 2 == 2 > 1", 1],
    ["1 + 1 < 2 || 3 >= 3 && !0", 1],
    ["0 ? 1 : 0 ? 2 : 3", 3],
    ["1 ? 0 ? 1 : 2 : 3", 2],
    ["let a = 2; let b = a * a; b + a", 6],
    ["pow(2, max(1, 3))", 8],
  ])("%s is %d", (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  test.each([
    ["", 'formula: expected a value, found the end at position 0 of ""'],
    ["x +", 'formula: expected a value, found the end at position 3 of "x +"'],
    ["1 + foo(x)", 'formula: unknown function "foo" at position 4 of "1 + foo(x)"'],
    ["wide(x)", 'formula: unknown function "wide" at position 0 of "wide(x)"'],
    ["toString(x)", 'formula: unknown function "toString" at position 0 of "toString(x)"'],
    ["exp(x, y)", 'formula: exp takes 1 argument, not 2 at position 0 of "exp(x, y)"'],
    ["clamp(x)", 'formula: clamp takes 3 arguments, not 1 at position 0 of "clamp(x)"'],
    ["x ** 2", 'formula: expected a value, found "*" at position 3 of "x ** 2"'],
    ["x $ y", 'formula: cannot read "$" at position 2 of "x $ y"'],
    ["x y", 'formula: expected the end, found "y" at position 2 of "x y"'],
    ["(x", 'formula: expected ")", found the end at position 2 of "(x"'],
    ["x ? y", 'formula: expected ":", found the end at position 5 of "x ? y"'],
    ["let 3 = x; x", 'formula: a name must follow let, not "3" at position 4 of "let 3 = x; x"'],
    ["let a = x; let a = y; a", 'formula: "a" is defined twice at position 15 of "let a = x; let a = y; a"'],
  ])("%s fails", (text, message) => {
    expect(() => parse(text)).toThrow(new SyntaxError(message));
  });
});

describe("toText", () => {
  test.each([
    ["x>0?x:(alpha*expm1(x))", "x > 0 ? x : alpha * expm1(x)"],
    ["(a - b) - (c - d)", "a - b - (c - d)"],
    ["a * (b / c)", "a * (b / c)"],
    ["-(a * b) + -2 * x", "-(a * b) + -2 * x"],
    ["(a ? b : c) ? d : !(x && y)", "(a ? b : c) ? d : !(x && y)"],
    ["(x + 1) * (x + 1)", "let t0 = x + 1; t0 * t0"],
    ["let s = tanh(t0); s + s", "let tt0 = tanh(t0); tt0 + tt0"],
  ])("%s", (text, expected) => {
    expect(toText(parse(text))).toBe(expected);
  });

  test.each(words)("$name reads back", ({ text }) => {
    expect(toText(parse(text))).toBe(text);
    expect(toText(parse(toText(parse(`let a = ${text}; a * (x - a)`))))).toBe(`let t0 = ${text}; t0 * (x - t0)`);
  });
});

describe("the tree", () => {
  test("equal parts are one step", () => {
    expect(schedule(parse("(x + 1) * (x + 1)")).length).toBe(4);
    expect(schedule(parse("0 * x + -0 * x")).length).toBe(6);
  });

  test("names come in the order of reading", () => {
    expect(names(parse("b > 0 ? a * b : c"))).toEqual(["b", "a", "c"]);
  });

  test("substitution fuses and shares", () => {
    const fused = substitute(parse("x * sigmoid(x)"), { x: parse("a + b") });
    expect(toText(fused)).toBe("let t0 = a + b; t0 * sigmoid(t0)");
    expect(toText(substitute(parse("x + y"), { x: parse("y"), y: parse("x") }))).toBe("y + x");
  });
});
