import { expect, test } from "vitest";
import { parse, toTex } from "../../src/formula/index.ts";
import { words } from "./words.ts";

test.each([
  ["x / (1 + abs(x))", "\\frac{x}{1 + \\left|x\\right|}"],
  [
    "x > 0 ? x : alpha * expm1(x)",
    "\\begin{cases} x & \\text{if } x > 0 \\\\ \\alpha \\cdot (e^{x} - 1) & \\text{otherwise} \\end{cases}",
  ],
  [
    "a ? 1 : b ? 2 : 3e-7 * x",
    "\\begin{cases} 1 & \\text{if } a \\\\ 2 & \\text{if } b \\\\ 3 \\cdot 10^{-7} \\cdot x & \\text{otherwise} \\end{cases}",
  ],
  ["-x * (a - (b - c))", "(-x) \\cdot (a - (b - c))"],
  ["x - -2", "x - (-2)"],
  ["pow(x + 1, y) * square(x)", "{(x + 1)}^{y} \\cdot {x}^2"],
  ["clamp(x / 2, -inf, pi)", "\\operatorname{clamp}\\left(\\frac{x}{2}, -\\infty, \\pi\\right)"],
  ["!(x > 0 && negative_slope <= 1)", "\\neg (x > 0 \\land \\mathrm{negative\\_slope} \\le 1)"],
  ["sigmoid(x) * log1p(x)", "\\sigma(x) \\cdot \\log(1 + x)"],
])("%s", (text, expected) => {
  expect(toTex(parse(text))).toBe(expected);
});

test.each(words)("$name has balanced TeX that reads all its arguments", ({ text, arity }) => {
  const tex = toTex(parse(text));
  expect(tex.split("{").length).toBe(tex.split("}").length);
  expect(tex).not.toContain("#");
  for (const name of ["x", "y", "z"].slice(0, arity)) expect(tex).toContain(name);
});
