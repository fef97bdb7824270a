import { describe, expect, test } from "vitest";
import { markPure } from "../src/pure.ts";

describe("marked as pure", () => {
  test.each([
    ['unary("relu")', "a call"],
    ["new Map()", "an instance"],
    ["choice.op", "a property, which may be a getter"],
    ["{ ...others, add: 1 }", "a spread"],
    [`\`0.5 * \${scale}\``, "a template"],
    ["{ [key]: 1 }", "a computed name"],
    ["{ deep: [{ of: of() }] }", "a call inside"],
  ])("%s: %s", (value) => {
    expect(markPure(`export const x: T = ${value};\n`)).toBe(
      `export const x: T = /* @__PURE__ */ (() => (${value}))();\n`,
    );
  });
});

describe("left as it is", () => {
  test.each([
    ["1e-3", "a literal"],
    ['{ accepts: "floats", rows: [1, -2] } as const', "literals"],
    ["(x: number): number => round(x)", "a function"],
    ["{ run: (x: number) => round(x) }", "a function inside"],
    ["class extends Base {}", "a class, which takes its name from here"],
  ])("%s: %s", (value) => {
    const source = `export const x = ${value};\n`;
    expect(markPure(source)).toBe(source);
  });

  test("what is not a value of the module", () => {
    const source =
      'import { a } from "./a.ts";\nlet made: number | undefined;\nfunction f(): number {\n  const y = a();\n  return y;\n}\n';
    expect(markPure(source)).toBe(source);
  });
});

test("several values and several to a statement", () => {
  expect(markPure("const a = f(), b = 2;\nconst c = g(a);")).toBe(
    "const a = /* @__PURE__ */ (() => (f()))(), b = 2;\nconst c = /* @__PURE__ */ (() => (g(a)))();",
  );
});
